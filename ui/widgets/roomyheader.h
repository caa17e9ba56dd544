#pragma once

class QHeaderView;

namespace Fairlead::Ui {

/// Gives a header's labels the padding that the cells below them have, in whatever style: text and numbers of a column
/// then stand in one line with its title.
void makeRoomy(QHeaderView &header);

/// The padding at either side of a cell.
inline constexpr int kCellPadding = 10;

} // namespace Fairlead::Ui
