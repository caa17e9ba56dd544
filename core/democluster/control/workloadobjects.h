#pragma once

#include "core/democluster/state/apiobject.h"

namespace Fairlead::Demo {

/// The objects that own pods which exist already, built-in or declared: for each owner that a pod names the object as
/// its creator would have written it, with the pods' number as replicas and a template read off the first pod; for a
/// ReplicaSet or ReplicationController that has a parent (see setOwner) the Deployment or DeploymentConfig as well.
/// Without status: the controllers fill that in.
[[nodiscard]] QList<ApiObject> ownersOf(const QList<Pod> &pods);

struct ServicePort {
    QString name; ///< may be empty
    quint16 port = 0;
    QString targetPort; ///< a number or the name of a container port; empty: the port itself
    QString protocol = QStringLiteral("TCP");
};

struct ServiceSpec {
    QString nameSpace;
    QString name;
    Labels selector; ///< empty: defined without one
    QList<ServicePort> ports;
    bool headless = false;
    QString externalName; ///< not empty: type ExternalName, without address and selector
    QDateTime created;
};
[[nodiscard]] ApiObject makeService(const ServiceSpec &spec);

/// A reference as it stands in metadata.ownerReferences of what `owner` controls.
[[nodiscard]] QJsonObject controllerReference(const ApiObject &owner);
/// The child of a Deployment (ReplicaSet) or DeploymentConfig (ReplicationController): named `childName`, for that pod
/// template, which gets the labels that tell its pods from those of other children.
[[nodiscard]] ApiObject makeChild(const ApiObject &parent, const QString &childName, QJsonObject podTemplate,
                                  int replicas, const QDateTime &now);

} // namespace Fairlead::Demo
