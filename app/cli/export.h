#pragma once

#include "app/cli/argumentreader.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead export PROFILE [FILE]`: writes a profile in the words of another program, by default as a shell script of
/// kubectl lines to standard output. What that cannot hold is told on standard error. Exit code 1 if nothing is
/// written. Needs a QCoreApplication.
[[nodiscard]] int runExport(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader exportReader();

} // namespace Fairlead::App
