#pragma once

#include <QStringList>

namespace Fairlead::App {

/// `fairlead import FILE|-`: reads forwards of another program, tells what becomes of each, and saves a profile of
/// them. Starts nothing. Exit code 1 if there is nothing to save or it cannot be saved. Needs a QCoreApplication.
[[nodiscard]] int runImport(const QStringList &arguments);

} // namespace Fairlead::App
