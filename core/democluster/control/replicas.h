#pragma once

#include "core/democluster/control/controllers.h"

namespace Fairlead::Demo {

/// ReplicaSet and ReplicationController: as many active pods as spec.replicas says.
void reconcileReplicas(const ApiObject &owner, const ControllerTools &tools);

} // namespace Fairlead::Demo
