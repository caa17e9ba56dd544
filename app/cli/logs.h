#pragma once

#include "app/cli/argumentreader.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead logs [-f] [PROFILE|NAME|ID ...]`: what the forwards of the engine that runs have to tell.
[[nodiscard]] int runLogs(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader logsReader();

} // namespace Fairlead::App
