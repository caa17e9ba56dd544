#include "ui/contexts/contextdelegate.h"

#include "ui/contexts/contextcolors.h"
#include "ui/contexts/contextsmodel.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int Padding = 5;
constexpr int SidePadding = 10;
constexpr int LockSide = 14;
constexpr int ColumnsShown = 60; ///< of a row's text, before it is cut
constexpr double SmallFontScale = 0.9;

QFont smallFont(const QFont &font)
{
    QFont small = font;
    if (font.pointSizeF() > 0)
        small.setPointSizeF(font.pointSizeF() * SmallFontScale);
    return small;
}

/// Draws lines one below the other into what is left of an area.
class LinePainter
{
public:
    LinePainter(QPainter &painter, const QStyleOptionViewItem &option, const QRect &area)
        : m_painter(painter)
        , m_option(option)
        , m_area(area)
    {
    }

    void draw(const QString &text, const QFont &font, Tone tone, Qt::TextElideMode elide)
    {
        if (text.isEmpty())
            return;
        const bool selected = m_option.state & QStyle::State_Selected;
        const QFontMetrics metrics(font);
        const QRect line(m_area.left(), m_area.top(), m_area.width(), metrics.height());
        m_painter.setFont(font);
        m_painter.setPen(selected ? selectedToneColor(tone, m_option.palette) : toneColor(tone, m_option.palette));
        const auto alignment = QStyle::visualAlignment(m_option.direction, Qt::AlignLeft) | Qt::AlignVCenter;
        m_painter.drawText(QStyle::visualRect(m_option.direction, m_option.rect, line),
                           int(alignment | Qt::AlignAbsolute) | Qt::TextSingleLine,
                           metrics.elidedText(text, elide, line.width()));
        m_area.setTop(line.bottom() + 1);
    }

private:
    QPainter &m_painter;
    const QStyleOptionViewItem &m_option;
    QRect m_area;
};

void drawMark(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto color = Store::Settings::ContextColor(index.data(ContextsModel::ColorRole).toInt());
    if (color == Store::Settings::ContextColor::None)
        return;
    const QRect mark(option.rect.left() + 2, option.rect.top() + 3, kMarkWidth, option.rect.height() - 6);
    painter.fillRect(QStyle::visualRect(option.direction, option.rect, mark), contextColor(color, option.palette));
}

void drawLock(QPainter &painter, const QStyleOptionViewItem &option)
{
    const QRect place(option.rect.right() - SidePadding - LockSide, option.rect.top() + Padding, LockSide, LockSide);
    icon(u"lock"_s, Tone::Muted)
        .paint(&painter, QStyle::visualRect(option.direction, option.rect, place), Qt::AlignCenter,
               option.state & QStyle::State_Selected ? QIcon::Selected : QIcon::Normal);
}

} // namespace

void ContextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString name = std::exchange(item.text, {});
    item.icon = {};
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    painter->save();
    painter->setClipRect(item.rect);
    drawMark(*painter, item, index);
    const bool isProtected = index.data(ContextsModel::ProtectedRole).toBool();
    if (isProtected)
        drawLock(*painter, item);
    const int trailing = SidePadding + (isProtected ? LockSide + SidePadding : 0);
    LinePainter lines(*painter, item, item.rect.adjusted(SidePadding, Padding, -trailing, -Padding));
    // The ends of OKD's names, with host and user, say as much as their starts.
    lines.draw(name, item.font, Tone::Text, Qt::ElideMiddle);
    lines.draw(index.data(ContextsModel::DetailRole).toString(), smallFont(item.font), Tone::Muted, Qt::ElideMiddle);
    lines.draw(index.data(ContextsModel::ProblemRole).toString(), smallFont(item.font), Tone::Warning, Qt::ElideRight);
    painter->restore();
}

QSize ContextDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int small = QFontMetrics(smallFont(option.font)).height();
    int height = option.fontMetrics.height() + 2 * Padding;
    if (!index.data(ContextsModel::DetailRole).toString().isEmpty())
        height += small;
    if (!index.data(ContextsModel::ProblemRole).toString().isEmpty())
        height += small;
    return {option.fontMetrics.averageCharWidth() * ColumnsShown, height};
}

} // namespace Fairlead::Ui
