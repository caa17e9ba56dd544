#pragma once

#include "core/democluster/control/controllers.h"

namespace Fairlead::Demo {

/// Deployment and DeploymentConfig: one child (ReplicaSet, ReplicationController) for each pod template that they have
/// had; pods move from the old children to the one with the present template. RollingUpdate (Rolling): new ones first,
/// as maxSurge and maxUnavailable allow. Recreate: the old ones are gone before the first new one is made. A paused
/// owner keeps its template's change for later and only scales.
void reconcileRollout(const ApiObject &owner, const ControllerTools &tools);

/// A maxSurge or maxUnavailable: a number, or a percentage of `replicas`, rounded up or down.
[[nodiscard]] int intOrPercent(const QJsonValue &value, int replicas, bool roundUp);

} // namespace Fairlead::Demo
