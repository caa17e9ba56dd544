#pragma once

#include "core/democluster/control/controllers.h"

namespace Fairlead::Demo {

/// Pods NAME-0 to NAME-(n-1), made and removed one after the other; a pod that went comes back under its name with
/// another uid, but not before it is gone. A new template replaces them from the highest number down.
void reconcileStatefulSet(const ApiObject &set, const ControllerTools &tools);
/// One pod for the one node; a new template replaces it, old before new.
void reconcileDaemonSet(const ApiObject &set, const ControllerTools &tools);
/// One pod until one has succeeded.
void reconcileJob(const ApiObject &job, const ControllerTools &tools);

} // namespace Fairlead::Demo
