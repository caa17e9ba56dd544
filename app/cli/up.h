#pragma once

#include <QStringList>

namespace Fairlead::App {

/// What runUp() gives when the window is to be opened, which needs an application of its own: no exit code of ours.
constexpr int OpenTheWindow = -1;

/// `fairlead up PROFILE`: hands the profile over to the engine that runs. If none does, this process becomes one: with
/// the window (OpenTheWindow), or without, until it is interrupted (exit code 0) or none of its forwards can go on (1).
/// Needs a QCoreApplication.
[[nodiscard]] int runUp(const QStringList &arguments);

} // namespace Fairlead::App
