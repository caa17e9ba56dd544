#include "ui/picker/pickerdelegate.h"

#include "ui/picker/itemroles.h"
#include "ui/picker/podquery.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace Fairlead::Ui {

namespace {

constexpr int kAir = 11; ///< pixels above and below a line, together

QList<QTextLayout::FormatRange> boldRanges(const MatchedLetters &letters)
{
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    QList<QTextLayout::FormatRange> ranges;
    for (const LetterRange &range : letters)
        ranges << QTextLayout::FormatRange{range.start, range.length, bold};
    return ranges;
}

/// Draws one line of `text` with the matched letters bold into `area`.
void drawMatched(QPainter &painter, const QStyleOptionViewItem &option, const QRect &area,
                 const MatchedLetters &letters)
{
    QFont bold = option.font;
    bold.setBold(true);
    const QFontMetrics widest(bold);
    const QString text = widest.elidedText(option.text, Qt::ElideRight, area.width());

    QTextLayout layout(text, option.font);
    QTextOption direction;
    direction.setTextDirection(option.direction);
    direction.setAlignment(QStyle::visualAlignment(option.direction, Qt::AlignLeft));
    direction.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(direction);
    layout.setFormats(boldRanges(letters));
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(area.width());
    layout.endLayout();

    const bool selected = option.state & QStyle::State_Selected;
    painter.setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    layout.draw(&painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2));
}

} // namespace

void PickerDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QVariant said = index.data(ToneRole);
    if (!said.isValid())
        return;
    const auto tone = static_cast<Tone>(said.toInt());
    const QPalette palette = option->palette;
    option->palette.setColor(QPalette::Text, toneColor(tone, palette));
    option->palette.setColor(QPalette::HighlightedText, selectedToneColor(tone, palette));
}

void PickerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto letters = index.data(MatchRole).value<MatchedLetters>();
    if (letters.isEmpty()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    QStyleOptionViewItem frame = item;
    frame.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &frame, painter, item.widget);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    const QRect area =
        style->subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget).adjusted(margin, 0, -margin, 0);
    painter->save();
    painter->setClipRect(area);
    drawMatched(*painter, item, area, letters);
    painter->restore();
}

QSize PickerDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(size.height(), option.fontMetrics.height() + kAir));
    return size;
}

} // namespace Fairlead::Ui
