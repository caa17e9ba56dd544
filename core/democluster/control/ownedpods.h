#pragma once

#include "core/democluster/control/controllers.h"

namespace Fairlead::Demo {

/// The pods of a direct owner, in the order of their names.
[[nodiscard]] QList<Pod> ownedPods(const ApiObject &owner, const ObjectStore &store);
/// Those that still count: neither being deleted nor finished.
[[nodiscard]] QList<Pod> activePods(const QList<Pod> &pods);
[[nodiscard]] int readyCount(const QList<Pod> &pods);

/// The direct children (ReplicaSets, ReplicationControllers) of a Deployment or DeploymentConfig, oldest first.
[[nodiscard]] QList<ApiObject> childrenOf(const ApiObject &parent, const ObjectStore &store);

/// Makes or removes pods so that `wanted` are active; which go first: unready ones, then the youngest. New names are
/// the owner's with a random suffix.
void setPodCount(const ApiObject &owner, const QList<Pod> &active, int wanted, const ControllerTools &tools);

/// Puts the object with that status if it is another than before; observedGeneration is added.
void setStatus(const ApiObject &object, QJsonObject status, const ControllerTools &tools);
/// Puts the object with that number in spec.replicas.
void setReplicas(ApiObject object, int replicas, const ControllerTools &tools);

/// The template with which a pod was made, as the set's revision label tells it.
[[nodiscard]] QString revisionOf(const ApiObject &set);
[[nodiscard]] QString revisionLabel();

} // namespace Fairlead::Demo
