#pragma once

#include "app/cli/argumentreader.h"
#include "core/control/face.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead quit`: ends the engine that runs, the window too, without a question; returns when it is gone.
[[nodiscard]] int runQuit(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader quitReader();

/// For the terminal that an engine runs on: a line why it ends, on standard error.
void tellEnding(Control::Ending why);

} // namespace Fairlead::App
