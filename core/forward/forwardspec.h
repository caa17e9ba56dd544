#pragma once

#include "core/kube/config/contextref.h"
#include "core/kube/objects/portspec.h"
#include "core/kube/objects/target.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace Fairlead::Forward {

using ForwardId = quint64; ///< given by the manager, never 0, never reused in a run

/// Which of a target's pods serve. A forward to a pod has only that one.
enum class PodPolicy {
    FirstReady, ///< the best pod now; another one as soon as that is not ready any more
    Sticky, ///< the best pod at the start; another one only when that is gone
    RoundRobin ///< all ready pods, each connection the next one
};

/// What people write down about a forward, for themselves and colleagues. The engine does not look at it.
struct About {
    QString notes; ///< lines of plain text
    QStringList tags;
    QString color; ///< one of the words of Store::colorWord(); any other is kept and not shown
    QString
        url; ///< what to open in a browser; a path ("/login") goes behind the local address. Empty: the local address

    bool operator==(const About &) const = default;
};

/// What the user asked for. Holds names only: the connection is looked up again at every start.
struct ForwardSpec {
    QString name; ///< shown; empty: the target's name
    QString context;
    QString kubeconfig; ///< the added file that the context is of; empty: the run's own kubeconfig
    QString namespaceName;
    Kube::TargetRef target;
    PodPolicy policy = PodPolicy::FirstReady;
    QString preferredPod; ///< of several pods, the one to begin with while it is ready
    QList<Kube::PortArgument> ports;
    QStringList addresses = {QStringLiteral("localhost")}; ///< "localhost" or IP literals
    About about = {};

    [[nodiscard]] Kube::ContextRef contextRef() const { return {context, kubeconfig}; }
    bool operator==(const ForwardSpec &) const = default;
};

/// Whether they do the same: they differ in what they are called and what is written about them, if in anything.
[[nodiscard]] bool runAlike(const ForwardSpec &one, const ForwardSpec &other);

/// The words as one line for a POSIX shell, quoted where that is needed.
[[nodiscard]] QString shellCommand(const QStringList &words);

/// The command line that does the same with `program` ("kubectl" or "oc"), quoted for a POSIX shell.
[[nodiscard]] QString commandLine(const ForwardSpec &spec, const QString &program);

} // namespace Fairlead::Forward

Q_DECLARE_METATYPE(Fairlead::Forward::ForwardSpec)
