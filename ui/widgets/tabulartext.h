#pragma once

#include <QFontMetrics>
#include <QRect>
#include <QString>

class QPainter;

/// Text whose digits all take the same width, so that a changing number does not dance. Qt before 6.7 cannot ask a font
/// for its tabular figures, and fonts such as Inter have narrow ones by default.
namespace Fairlead::Ui {

/// Flags for QPainter::drawText: one line, centred vertically, at an absolute side, in the direction of its own
/// letters. Addresses and amounts keep their order in a mirrored window.
[[nodiscard]] int lineFlags(Qt::Alignment side, const QString &text);

[[nodiscard]] int tabularWidth(const QFontMetrics &metrics, const QString &text);

/// Draws one line in `area`, aligned absolutely (Qt::AlignLeft or Qt::AlignRight) and centred vertically, with the
/// painter's font and pen. Too long text is elided.
void drawTabular(QPainter &painter, const QRect &area, Qt::Alignment alignment, const QString &text);

} // namespace Fairlead::Ui
