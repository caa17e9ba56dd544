#pragma once

#include "core/kube/objects/target.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

/// Kubernetes objects, cut down to what a port-forward program shows or needs.
namespace Fairlead::Kube {

struct NamespaceRow {
    QString name;
    bool terminating = false;

    bool operator==(const NamespaceRow &) const = default;
};

/// One row of `kubectl get pods`, words as the server printed them.
struct PodRow {
    QString namespaceName;
    QString name;
    QString uid;
    QString ready; ///< "1/2"
    QString status; ///< "Running", "CrashLoopBackOff", ...
    QString restarts; ///< "0", "3 (5m ago)"
    QDateTime created;

    bool operator==(const PodRow &) const = default;
};

struct ContainerPort {
    QString name; ///< may be empty
    quint16 number = 0;
    QString protocol = QStringLiteral("TCP");
    QString container;

    bool operator==(const ContainerPort &) const = default;
};

/// A pod as `GET pods/NAME` gives it.
struct PodInfo {
    QString namespaceName;
    QString name;
    QString uid;
    QString phase;
    QString status; ///< the STATUS word that kubectl would print
    QString node;
    QString owner; ///< its controller, "ReplicaSet/api-5d4f8c7b9", or empty
    QString templateHash; ///< label pod-template-hash: the controller belongs to a Deployment
    QString deploymentConfig; ///< OKD: the controller belongs to this one
    std::optional<TargetRef> ownerTarget; ///< what may be followed instead of it, as the pod itself tells
    bool deleting = false;
    bool ready = false;
    QDateTime created;
    QDateTime readySince; ///< when it last turned Ready or unready
    QDateTime deletedAt; ///< when it is, or was, to be gone; only if `deleting`
    int restarts = 0; ///< of the container that restarted most
    int sidecarRestarts = 0; ///< likewise of the init containers that keep running
    QList<ContainerPort> ports; ///< of all containers, then of init containers, declared order

    bool operator==(const PodInfo &) const = default;
};

/// AGE as kubectl prints it: 45s, 3m12s, 5h, 2d3h ...
[[nodiscard]] QString ageText(const QDateTime &created, const QDateTime &now);

} // namespace Fairlead::Kube

Q_DECLARE_METATYPE(Fairlead::Kube::NamespaceRow)
Q_DECLARE_METATYPE(Fairlead::Kube::PodRow)
Q_DECLARE_METATYPE(Fairlead::Kube::PodInfo)
