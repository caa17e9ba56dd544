#pragma once

#include <QString>

#include <optional>

namespace Fairlead::Forward {

struct PortOwner {
    QString program;
    qint64 pid = 0;
};

/// Which program listens on a local TCP port, as far as /proc tells this user; nullopt elsewhere. Costs some
/// milliseconds: for error messages only.
[[nodiscard]] std::optional<PortOwner> findPortOwner(quint16 port);

} // namespace Fairlead::Forward
