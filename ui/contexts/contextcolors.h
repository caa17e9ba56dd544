#pragma once

#include "core/store/settings.h"

#include <QColor>
#include <QIcon>
#include <QPalette>

namespace Fairlead::Ui {

/// WCAG 2.1 asks this much of a shape against what is behind it (success criterion 1.4.11).
inline constexpr double kShapeContrast = 3.0;
/// The mark at the edge of a row, in pixels.
inline constexpr int kMarkWidth = 3;

/// All but None, in the order of menus.
[[nodiscard]] QList<Store::Settings::ContextColor> contextColors();
/// As a menu names it; "No colour" for None.
[[nodiscard]] QString contextColorName(Store::Settings::ContextColor color);
/// At least kShapeContrast on the window, base and selection of our own palettes. Invalid for None.
[[nodiscard]] QColor contextColor(Store::Settings::ContextColor color, const QPalette &palette);
/// A swatch for menus; empty for None.
[[nodiscard]] QIcon contextColorIcon(Store::Settings::ContextColor color, const QPalette &palette);

} // namespace Fairlead::Ui
