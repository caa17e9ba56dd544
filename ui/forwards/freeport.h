#pragma once

#include "core/forward/forwardsnapshot.h"
#include "core/forward/portowner.h"

#include <functional>
#include <optional>

namespace Fairlead::Ui {

/// Whether a forward could listen on this local port.
using PortTest = std::function<bool(quint16 port)>;
/// As Forward::portHolder().
using PortHolder = std::function<std::optional<Forward::PortOwner>(const QString &address, quint16 port)>;

/// `first`, or the next port after it that passes; nothing: many in a row did not.
[[nodiscard]] std::optional<quint16> freePortFrom(quint16 first, const PortTest &isFree);

/// The forward failed since somebody else has one of its local ports.
[[nodiscard]] bool lacksLocalPort(const Forward::ForwardSnapshot &forward);

/// Its spec with free ports in place of those that somebody else has; 0, which is any free one, where none was found.
[[nodiscard]] Forward::ForwardSpec withFreePorts(const Forward::ForwardSnapshot &forward, const PortHolder &holder);

} // namespace Fairlead::Ui
