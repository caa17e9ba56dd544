#pragma once

#include <QStringList>

namespace Fairlead::App {

/// `fairlead list`, also `fairlead profiles`: the saved profiles, and how many forwards of each run. Exit code 1 if one
/// cannot be read.
[[nodiscard]] int runList(const QStringList &arguments);

} // namespace Fairlead::App
