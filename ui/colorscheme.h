#pragma once

#include "core/store/settings.h"

/// Light or dark, for the whole application, switched while it runs.
namespace Fairlead::Ui {

/// Call from the window's thread once there is a QApplication, and again whenever the setting changes.
///
/// The style stays the desktop's. Its palette stays too where it already is what is wanted; our own one (ui/theme.h)
/// takes its place where the desktop has none, or has one of the other lightness. `System` follows the desktop from
/// then on: by the xdg settings portal where one answers (Qt 6.4 cannot ask), else by the lightness of the desktop's
/// palette.
void applyColorScheme(Store::Settings::ColorScheme scheme);

} // namespace Fairlead::Ui
