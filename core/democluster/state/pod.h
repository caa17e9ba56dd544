#pragma once

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <variant>

namespace Fairlead::Demo {

struct ContainerPort {
    QString name; ///< may be empty
    quint16 number = 0;
    QString protocol = QStringLiteral("TCP");
};

struct ContainerState {
    enum class Kind { Waiting, Running, Terminated };

    Kind kind = Kind::Waiting;
    QString reason = {}; ///< ContainerCreating, CrashLoopBackOff, Completed, Error, ...
    QString message = {};
    int exitCode = 0;
    QDateTime startedAt = {};
    QDateTime finishedAt = {};
};

struct Container {
    QString name;
    QString image;
    QList<ContainerPort> ports;
    ContainerState state;
    ContainerState lastState; ///< of the run before; only meant with restartCount > 0
    bool ready = false;
    int restartCount = 0;
};

/// Plain TCP connect to host:port, the pod's port as it is.
struct AddressTarget {
    QString host;

    friend bool operator==(const AddressTarget &, const AddressTarget &) = default;
};
/// Connect to localhost inside a network namespace.
struct NetnsTarget {
    QString path; ///< e.g. /proc/1234/ns/net

    friend bool operator==(const NetnsTarget &, const NetnsTarget &) = default;
};
/// Run `[prefix...] nsenter -t PID -n socat - TCP4:localhost:PORT` for each connection.
struct NsenterSocatTarget {
    qint64 pid = 0;
    QStringList prefix; ///< how a helper pod runs its own copies of the two programs

    friend bool operator==(const NsenterSocatTarget &, const NsenterSocatTarget &) = default;
};
/// Small servers inside this process, by port.
struct BuiltinTarget {
    QHash<quint16, QString> programs;
    bool onDemand = false; ///< they start with the first connection; for pods by the thousand

    friend bool operator==(const BuiltinTarget &, const BuiltinTarget &) = default;
};
using PodTarget = std::variant<BuiltinTarget, AddressTarget, NetnsTarget, NsenterSocatTarget>;

using Labels = QMap<QString, QString>;

/// One pod as the demo cluster knows it: what the API shows, and where its ports really are. A plain value; the store
/// keeps the current one and the watch log copies of former ones (Qt's implicit sharing makes that cheap).
struct Pod {
    QString nameSpace;
    QString name;
    QString uid;
    quint64 resourceVersion = 0;
    QDateTime created;
    QDateTime deletion; ///< when it is to be gone; valid: it is Terminating
    qint64 graceSeconds = 0; ///< with deletion
    Labels labels;
    Labels annotations;
    QString ownerKind; ///< ReplicaSet, ReplicationController, StatefulSet, Job, DaemonSet; empty: none
    QString ownerName;
    QString nodeName; ///< empty: not scheduled
    bool nodeAnswers = true; ///< the API server can reach its node
    QString podIp;
    QString phase; ///< Pending, Running, Succeeded, Failed
    QDateTime readySince; ///< when condition Ready last changed
    QList<Container> containers;
    PodTarget target;
};

struct NamespaceObject {
    QString name;
    QString uid;
    quint64 resourceVersion = 0;
    QDateTime created;
};

[[nodiscard]] bool isReady(const Pod &pod);
/// The id that a container runtime would give to the pod's sandbox: 64 hex digits, the same for the same pod.
[[nodiscard]] QString sandboxId(const Pod &pod);
/// The path of its network namespace as a CNI runtime would name it. For error texts.
[[nodiscard]] QString cniNetnsPath(const Pod &pod);
/// The same uid for the same kind, namespace and name in every run, so that screenshots and tests repeat.
[[nodiscard]] QString stableUid(const QString &kind, const QString &nameSpace, const QString &name);

} // namespace Fairlead::Demo
