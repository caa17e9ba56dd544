#pragma once

#include <QStringList>

class QWidget;

namespace Fairlead::Test {

/// What anybody would see who looks at a shown window: each fault as a line that names the widget and its words. Empty:
/// nothing to complain about. Rows of tables are not looked at, since they may be elided and have tool tips.

/// Labels, buttons, choices, placeholders, tabs and headers that have less room than their words need.
[[nodiscard]] QStringList cutOffWords(const QWidget &window);

/// Letters behind Alt that two things of one window, or two entries of one menu, would answer to.
[[nodiscard]] QStringList doubledMnemonics(const QWidget &window);

/// Fields and buttons for which a screen reader has no word.
[[nodiscard]] QStringList namelessControls(const QWidget &window);

} // namespace Fairlead::Test
