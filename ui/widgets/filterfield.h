#pragma once

class QLineEdit;
class QString;

namespace Fairlead::Ui {

/// Makes a field one to filter a list with: a magnifier in front, a button that clears it, and never narrower than
/// `placeholder`. `name` is for assistive tools.
void makeFilterField(QLineEdit &field, const QString &placeholder, const QString &name);

} // namespace Fairlead::Ui
