#pragma once

#include <QString>

namespace Fairlead::Forward {

/// Whether a forward could listen there now: tries it, and lets go at once. `address`: an IP literal. What the system
/// does not allow (ports below 1024, an address that this computer does not have) counts as "no".
[[nodiscard]] bool canListen(const QString &address, quint16 port);

} // namespace Fairlead::Forward
