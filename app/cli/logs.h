#pragma once

#include <QStringList>

namespace Fairlead::App {

/// `fairlead logs [-f] [PROFILE|NAME|ID ...]`: what the forwards of the engine that runs have to tell.
[[nodiscard]] int runLogs(const QStringList &arguments);

} // namespace Fairlead::App
