#pragma once

#include "app/windowarguments.h"
#include "core/control/engineclient.h"

#include <optional>

namespace Fairlead::App {

/// A start of the window while an engine without one runs (`hello` is its answer): asks whether the engine's forwards
/// move into this window, unless the arguments say so, and has the engine hand them over and end. nullopt: it has, or
/// it was gone already; its seat is to be taken now (TakenSession has the forwards). Else the exit code: the user did
/// not want it, or it cannot be, which is said. Needs a QApplication.
[[nodiscard]] std::optional<int> takeOver(Control::EngineClient &engine, const QJsonObject &hello,
                                          const WindowArguments &arguments);

} // namespace Fairlead::App
