#pragma once

#include "app/cli/argumentreader.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead engine`: the engine without a window, for a systemd user unit, until SIGTERM. Brings back the profiles
/// whose `restore` is as-they-were. Exit code 1 if another one runs already.
[[nodiscard]] int runEngine(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader engineReader();

} // namespace Fairlead::App
