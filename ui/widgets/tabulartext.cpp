#include "ui/widgets/tabulartext.h"

#include <QPainter>

#include <algorithm>

namespace Fairlead::Ui {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

int widestDigit(const QFontMetrics &metrics)
{
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

bool hasEqualDigits(const QFontMetrics &metrics)
{
    const int widest = widestDigit(metrics);
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        if (metrics.horizontalAdvance(QChar(digit)) != widest)
            return false;
    }
    return true;
}

/// Calls `draw(offset, run)` for each digit and each stretch between digits; returns the whole width.
template <typename Draw>
int layOut(const QFontMetrics &metrics, const QString &text, Draw draw)
{
    const int cell = widestDigit(metrics);
    int x = 0;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        if (isDigit(text.at(at))) {
            const QString digit = text.mid(at, 1);
            draw(x + (cell - metrics.horizontalAdvance(digit)) / 2, digit);
            x += cell;
        } else {
            while (end < text.size() && !isDigit(text.at(end)))
                ++end;
            const QString run = text.mid(at, end - at);
            draw(x, run);
            x += metrics.horizontalAdvance(run);
        }
        at = end;
    }
    return x;
}

} // namespace

int lineFlags(Qt::Alignment side, const QString &text)
{
    const int direction = text.isRightToLeft() ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight;
    return int(side | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextSingleLine | direction;
}

int tabularWidth(const QFontMetrics &metrics, const QString &text)
{
    return layOut(metrics, text, [](int, const QString &) {});
}

void drawTabular(QPainter &painter, const QRect &area, Qt::Alignment alignment, const QString &text)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int width = tabularWidth(metrics, text);
    // Piece by piece is only right for text that runs from left to right.
    if (width > area.width() || text.isRightToLeft() || hasEqualDigits(metrics)) {
        painter.drawText(area, lineFlags(alignment, text), metrics.elidedText(text, Qt::ElideRight, area.width()));
        return;
    }
    const int left = alignment & Qt::AlignRight ? area.right() + 1 - width : area.left();
    const int baseline = area.top() + (area.height() - metrics.height()) / 2 + metrics.ascent();
    layOut(metrics, text, [&](int x, const QString &run) { painter.drawText(left + x, baseline, run); });
}

} // namespace Fairlead::Ui
