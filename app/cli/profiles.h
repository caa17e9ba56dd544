#pragma once

#include "app/cli/argumentreader.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead list`, also `fairlead profiles`: the saved profiles, and how many forwards of each run. Exit code 1 if one
/// cannot be read.
[[nodiscard]] int runList(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader listReader();

} // namespace Fairlead::App
