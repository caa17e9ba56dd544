#pragma once

#include <QStringList>

namespace Fairlead::App {

/// `fairlead port-forward`: runs until it is interrupted (exit code 0) or cannot go on (1). Needs a QCoreApplication.
[[nodiscard]] int runPortForward(const QStringList &arguments);

} // namespace Fairlead::App
