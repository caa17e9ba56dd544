#pragma once

#include "core/forward/portowner.h"

namespace Fairlead::Forward {

/// Who keeps a forward from listening there now; nullopt: nobody does; pid 0: the system does not tell who. Tries it
/// and lets go at once. `address`: an IP literal. What the system does not allow (ports below 1024, an address that
/// this computer does not have) is held by nobody that has a pid.
[[nodiscard]] std::optional<PortOwner> portHolder(const QString &address, quint16 port);

} // namespace Fairlead::Forward
