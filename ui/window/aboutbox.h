#pragma once

class QWidget;

namespace Fairlead::Ui {

/// What this program is, and its version.
void showAbout(QWidget &window);

} // namespace Fairlead::Ui
