#pragma once

#include <QStringList>

namespace Fairlead::App {

/// `fairlead up PROFILE`: runs a profile's forwards until it is interrupted (exit code 0) or none can go on (1).
/// PROFILE is a name in the user's folder, or a file. Needs a QCoreApplication.
[[nodiscard]] int runUp(const QStringList &arguments);

/// `fairlead profiles`: lists them. Exit code 1 if one cannot be read.
[[nodiscard]] int runProfiles(const QStringList &arguments);

} // namespace Fairlead::App
