#pragma once

#include <QList>
#include <QStringList>

namespace Fairlead::App {

/// Rows in columns that are as wide as their widest cell and three blanks, as kubectl prints lists; no blanks at the
/// end of a line. The first row is the heading. Rows have equally many cells.
[[nodiscard]] QString textTable(const QList<QStringList> &rows);

} // namespace Fairlead::App
