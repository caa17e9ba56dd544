#pragma once

#include "core/forward/forwardsnapshot.h"
#include "core/kube/api/apierror.h"
#include "core/kube/follow/podwatch.h"
#include "core/kube/objects/target.h"
#include "core/kube/signin/credential.h"
#include "core/net/upgradedconnection.h"

#include <QString>

namespace Fairlead::Forward {

/// What keeps a forward from running.
struct Trouble {
    enum class Kind {
        BadConfig, ///< kubeconfig, or something this program cannot do
        BadPort, ///< the pod has no such port
        LocalPort, ///< no local port could be opened
        Untrusted, ///< TLS: certificate or handshake
        Forbidden, ///< 403
        Rejected, ///< 400 and the like: the same question gets the same answer
        SignIn, ///< 401
        NoCredentials, ///< the sign-in plugin or provider gave none
        PodMissing, ///< 404
        PodNotRunning, ///< not yet, or not any more
        PodGone, ///< the node says so
        Network, ///< name, TCP, timeouts
        Server, ///< 429, 5xx, answers of something in between
        TunnelLost ///< an upgraded connection broke
    };
    Kind kind = Kind::Network;
    QString text; ///< sentence
    QString detail; ///< the other side's own words
    QString kubectlText; ///< the line that kubectl prints for it
    int retryAfterSeconds = 0;
    QString advice = {}; ///< what would help, may be empty
    quint64 credential = 0; ///< number of the one that was refused
};

/// What a forward becomes after a trouble.
struct Decision {
    State next = State::Failed;
    bool triesAgain = false; ///< by itself, after a wait
    bool keepsTunnels = false;

    bool operator==(const Decision &) const = default;
};

/// The table of all transitions into trouble. `hasRun`: the forward has been Running since the user started it, so that
/// its target did exist.
[[nodiscard]] Decision decide(Trouble::Kind kind, bool hasRun);

[[nodiscard]] Trouble troubleOf(const Kube::ApiError &error);
[[nodiscard]] Trouble troubleOf(const Net::UpgradeFailure &failure);
[[nodiscard]] Trouble troubleOf(const Kube::SignInFailure &failure);
/// No pod of the target can serve now. `portProblem`: there are pods, but none has the ports that are asked for.
[[nodiscard]] Trouble podTrouble(const Kube::TargetPods &known, const Kube::TargetRef &target,
                                 const QString &portProblem = {});

} // namespace Fairlead::Forward
