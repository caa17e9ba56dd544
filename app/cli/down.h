#pragma once

#include <QStringList>

namespace Fairlead::App {

/// `fairlead down PROFILE|NAME|ID ... | --all`: stops forwards of the engine that runs.
[[nodiscard]] int runDown(const QStringList &arguments);

} // namespace Fairlead::App
