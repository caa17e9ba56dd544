#pragma once

#include "core/control/engineclient.h"
#include "core/control/enginelock.h"

#include <variant>

namespace Fairlead::Control {

/// Who is to be the engine: this process, which has the lock now; the one that is connected; or a sentence why neither.
using EngineSeat = std::variant<EngineLock, std::unique_ptr<EngineClient>, QString>;

/// Of several that ask at once exactly one gets the lock. The others wait, a few seconds at most, until it listens.
[[nodiscard]] EngineSeat takeSeat(const EnginePlace &place);

/// Waits, as long at most, until an engine that was told to end is gone with all that it had open. False: it is not.
[[nodiscard]] bool waitUntilFree(const EnginePlace &place);

} // namespace Fairlead::Control
