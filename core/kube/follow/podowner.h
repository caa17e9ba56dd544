#pragma once

#include "core/kube/objects/objects.h"

#include <QJsonObject>

#include <functional>
#include <optional>

/// Whose pod it is: what a forward may follow so that it outlives this pod.
namespace Fairlead::Kube {

class ApiClient;

/// The controller among an object's owners, as "ReplicaSet/api-5d4f8c7b9"; empty if none.
[[nodiscard]] QString controllerOf(const QJsonObject &metadata);
/// The DeploymentConfig that OKD's deployer wrote into the metadata of a pod or a ReplicationController; or empty.
[[nodiscard]] QString deploymentConfigOf(const QJsonObject &metadata);

/// As far as the pod itself tells. A ReplicaSet whose name ends with the pod's template hash was made by the Deployment
/// of the rest of the name; OKD names the DeploymentConfig in the pod. Nothing for owners that cannot be followed
/// (a Node's static pod, custom resources) and for pods without one. No I/O.
[[nodiscard]] std::optional<TargetRef> ownerOf(const PodInfo &pod);
/// What to follow rather than a ReplicaSet or ReplicationController: its own controller if that can be followed, else
/// itself. No I/O.
[[nodiscard]] TargetRef ownerAbove(const TargetRef &controller, const QJsonObject &object);

/// Asks the server where the pod alone tells only a likely answer; who may not ask gets that. `done` is called once,
/// maybe before this has returned, and not when `context` is gone.
void findOwner(ApiClient &client, const PodInfo &pod, QObject *context,
               const std::function<void(const std::optional<TargetRef> &)> &done);

} // namespace Fairlead::Kube
