#pragma once

#include "core/democluster/pace.h"
#include "core/support/result.h"

#include <QHostAddress>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace Fairlead::Demo {

/// What upgraded connections may be asked for with.
struct Carriers {
    bool spdy = true; ///< false: the upgrade is lost on the way, as at a gateway that knows WebSockets only
    bool webSocket = true; ///< false: as before Kubernetes 1.30, whose nodes take it for the old channel protocol
};

struct Options {
    QHostAddress address = QHostAddress::LocalHost;
    quint16 port = 0; ///< 0: any free one
    QString podsFile; ///< --pods; empty: the built-in pods only
    QString kubeconfigOut; ///< where to write the kubeconfig; empty: a private file in a temporary folder
    bool oneSecondRule = true; ///< end a pair 1 s after either side ended, as containerd and CRI-O do
    Pace pace = {};
    int fakePods = 0; ///< pods that are only pretended, beside the others
    int fakeNamespaces = 0; ///< for those; 0: one for each 40
    bool projects = true; ///< serve OpenShift's projects beside the namespaces
    int fakeChurn = 0; ///< MODIFIED events of them, a second
    Carriers carriers = {};
};

/// What has come to the server since the start.
struct Traffic {
    int connections = 0; ///< TCP connections accepted
    int requests = 0; ///< HTTP requests read, upgrades among them
    int upgrades = 0; ///< upgrade requests that were answered with 101
    int webSockets = 0; ///< those of them that were WebSockets
    int nodeProxies = 0; ///< those of them that came through the node's proxy
    int openUpgraded = 0; ///< upgraded connections that are open now
};

/// How upgraded connections can be made to fail.
enum class Disturbance {
    GoAway, ///< GOAWAY(0), then the connection goes on: what runs may finish, new streams should go elsewhere
    ResetStreams, ///< RST_STREAM(CANCEL) on both streams of every pair
    Close, ///< the connection is closed in order (TLS close_notify, FIN)
    Abort ///< TCP RST
};

/// A small Kubernetes API server with a node side, on loopback, for demonstrations and tests: TLS with a CA of its own
/// made at start, namespaces, pods and their owners, services, watches, access reviews and port-forward. Runs on a
/// thread of its own. Keys live in memory; only the kubeconfig (mode 0600) is written.
///
/// start() and stop() may be called from any one thread; everything else from any thread between them, as long as
/// nobody stops the cluster meanwhile. Each call waits until the cluster's thread has taken its first step; what
/// follows (a pod that starts, a grace period) takes the time that Options::pace says and is seen in lists and watches.
/// Calls about something that is not there do nothing and answer false; so do all calls while the cluster does not run.
class DemoCluster final
{
public:
    DemoCluster();
    ~DemoCluster();
    DemoCluster(const DemoCluster &) = delete;
    DemoCluster &operator=(const DemoCluster &) = delete;

    /// Listens and writes the kubeconfig; gives its path, or a sentence why not.
    [[nodiscard]] Result<QString, QString> start(const Options &options);
    void stop();

    [[nodiscard]] QString kubeconfigPath() const;
    [[nodiscard]] QString serverUrl() const;

    // What somebody with kubectl could do. `kind` is a kind, plural, singular or short name: "Deployment", "deploy".

    /// Terminating at once, gone after the grace period (0: now; less than 0: that of the pace). Its owner makes a new
    /// one. When it is gone its programs and connections end; new streams of a connection that is still open are told
    /// that there is no such sandbox.
    bool deletePod(const QString &nameSpace, const QString &name, int graceMs = -1);
    bool scale(const QString &kind, const QString &nameSpace, const QString &name, int replicas);
    /// As `kubectl rollout restart` does. New before old, or old before new if the strategy says Recreate.
    bool roll(const QString &kind, const QString &nameSpace, const QString &name);
    /// A merge patch (RFC 7386) on a service or owner, e.g. {"spec": {"strategy": {"type": "Recreate"}}}.
    bool patch(const QString &kind, const QString &nameSpace, const QString &name, const QJsonObject &change);

    // What happens on the node.

    /// The container's programs end and begin again in the same sandbox (same uid, restart count + 1).
    bool restartContainer(const QString &nameSpace, const QString &pod);
    /// Only what the API says changes; the programs go on.
    bool setPodReady(const QString &nameSpace, const QString &pod, bool ready);
    /// Off: the API server cannot reach the pod's node ("error dialing backend"), though the pod still counts as ready.
    bool setNodeAnswers(const QString &nameSpace, const QString &pod, bool answers);

    /// Names of the pods of an owner (for a Deployment: of its ReplicaSets) that are not being deleted, in the order of
    /// a list. With `readyOnly` those that are Ready.
    [[nodiscard]] QStringList podsOf(const QString &kind, const QString &nameSpace, const QString &name,
                                     bool readyOnly = false) const;

    // What happens to the API server and on the way to it.

    /// The API server goes down: it stops listening and all its connections are cut. Pods and controllers go on.
    void takeServerDown();
    /// It comes back at the same address and port with the same CA, users and kubeconfig; or a sentence why not, for
    /// example because somebody else took the port meanwhile.
    [[nodiscard]] Result<QString, QString> bringServerUp();
    /// On: connections, old and new, stay open, but nothing is read and nothing is sent; to a client it looks as if the
    /// network swallowed everything. Off: everything goes on where it stood.
    void setBlackHole(bool on);
    /// For upgrades to come.
    void setCarriers(Carriers carriers);
    /// Disturbs all upgraded connections that are open; gives their number.
    int disturbUpgraded(Disturbance disturbance);

    [[nodiscard]] Traffic traffic() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fairlead::Demo
