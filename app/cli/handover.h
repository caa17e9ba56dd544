#pragma once

#include "core/control/engineclient.h"

#include <chrono>
#include <optional>

namespace Fairlead::App {

/// Has the engine that runs bring a profile up, and prints what came of it: sentences on standard error about those
/// that cannot run here, one line (or with `json` one object) on standard output. With `wait` that is when all run, or
/// cannot, or the time is over. Gives the exit code.
[[nodiscard]] int handOver(Control::EngineClient &engine, const QString &profile,
                           std::optional<std::chrono::milliseconds> wait, bool json);

} // namespace Fairlead::App
