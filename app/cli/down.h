#pragma once

#include "app/cli/argumentreader.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead down PROFILE|NAME|ID ... | --all`: stops forwards of the engine that runs.
[[nodiscard]] int runDown(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader downReader();

} // namespace Fairlead::App
