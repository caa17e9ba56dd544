#pragma once

#include <QFontMetrics>
#include <QRect>
#include <QString>

class QPainter;

/// Text whose digits all take the same width, so that a changing number does not dance. Qt before 6.7 cannot ask a font
/// for its tabular figures, and fonts such as Inter have narrow ones by default.
namespace Fairlead::Ui {

[[nodiscard]] int tabularWidth(const QFontMetrics &metrics, const QString &text);

/// Draws one line in `area`, aligned absolutely (Qt::AlignLeft or Qt::AlignRight) and centred vertically, with the
/// painter's font and pen. Too long text is elided.
void drawTabular(QPainter &painter, const QRect &area, Qt::Alignment alignment, const QString &text);

} // namespace Fairlead::Ui
