#pragma once

#include "core/kube/objects/objects.h"

#include <QJsonObject>

#include <optional>

/// Whose pod it is: what a forward may follow so that it outlives this pod. No I/O.
namespace Fairlead::Kube {

/// The controller among an object's owners, as "ReplicaSet/api-5d4f8c7b9"; empty if none.
[[nodiscard]] QString controllerOf(const QJsonObject &metadata);
/// The DeploymentConfig that OKD's deployer wrote into the metadata of a pod or a ReplicationController; or empty.
[[nodiscard]] QString deploymentConfigOf(const QJsonObject &metadata);

/// A controller ("StatefulSet/db") as a target; nothing for kinds that cannot be followed.
[[nodiscard]] std::optional<TargetRef> followable(const QString &controller);

/// As far as the pod itself tells. A ReplicaSet whose name ends with the pod's template hash was made by the Deployment
/// of the rest of the name; OKD names the DeploymentConfig in the pod. Nothing for owners that cannot be followed
/// (a Node's static pod, custom resources) and for pods without one.
[[nodiscard]] std::optional<TargetRef> ownerOf(const PodInfo &pod);
/// What to follow rather than a ReplicaSet or ReplicationController: its own controller if that can be followed, else
/// itself.
[[nodiscard]] TargetRef ownerAbove(const TargetRef &controller, const QJsonObject &object);

} // namespace Fairlead::Kube
