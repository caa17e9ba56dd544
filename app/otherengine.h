#pragma once

#include "app/windowarguments.h"
#include "core/control/engineclient.h"

namespace Fairlead::App {

/// A start of the window while an engine with a window runs: hands over what it was started for. The other window comes
/// to the front, and a link or a profile goes to it. Gives the exit code; what cannot be is said on standard error, and
/// in a box of its own where nobody would see that. Needs a QApplication.
[[nodiscard]] int handToOther(Control::EngineClient &engine, const WindowArguments &arguments);

/// A sentence for whoever started the program, wherever that was. Gives 1.
int complainToUser(const QString &text);

} // namespace Fairlead::App
