#pragma once

#include "core/democluster/control/workloadobjects.h"

namespace Fairlead::Demo {

/// The services of the built-in world: one for each way a service can name its port, or have none.
[[nodiscard]] QList<ServiceSpec> demoServices(const QDateTime &now);

} // namespace Fairlead::Demo
