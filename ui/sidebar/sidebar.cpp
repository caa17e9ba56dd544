#include "ui/sidebar/sidebar.h"

#include "ui/sidebar/categorymodel.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int SidePadding = 8;
constexpr int RowPadding = 5;
constexpr int HeadingGap = 10;
constexpr int WidthInDigits = 22;

/// Name on the leading side, count on the trailing one; headings small and quiet.
class CategoryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString count = countText(index);
        if (index.data(CategoryModel::HeadingRole).toBool()) {
            paintHeading(*painter, item);
            return;
        }
        const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
        const int room = count.isEmpty() ? 0 : item.fontMetrics.horizontalAdvance(count) + SidePadding;
        const int wide = item.rect.width() - room - 3 * SidePadding - item.decorationSize.width();
        item.text = item.fontMetrics.elidedText(item.text, Qt::ElideMiddle, std::max(wide, 0));
        style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        const bool selected = item.state & QStyle::State_Selected;
        const Tone tone = index.data(CategoryModel::AlertRole).toBool() ? Tone::Warning : Tone::Muted;
        painter->save();
        painter->setFont(item.font);
        painter->setPen(selected ? selectedToneColor(tone, item.palette) : toneColor(tone, item.palette));
        const QRect area = item.rect.adjusted(SidePadding, 0, -SidePadding, 0);
        painter->drawText(
            area, int(QStyle::visualAlignment(item.direction, Qt::AlignRight | Qt::AlignVCenter) | Qt::AlignAbsolute),
            count);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize hint = QStyledItemDelegate::sizeHint(option, index);
        const int gap = index.data(CategoryModel::HeadingRole).toBool() ? HeadingGap : 0;
        return {hint.width(), option.fontMetrics.height() + 2 * RowPadding + gap};
    }

private:
    static QString countText(const QModelIndex &index)
    {
        const int count = index.data(CategoryModel::CountRole).toInt();
        return count > 0 ? QLocale().toString(count) : QString();
    }
    static void paintHeading(QPainter &painter, const QStyleOptionViewItem &item)
    {
        QFont font = item.font;
        if (font.pointSizeF() > 0)
            font.setPointSizeF(font.pointSizeF() * 0.88);
        font.setWeight(QFont::DemiBold);
        painter.save();
        painter.setFont(font);
        painter.setPen(toneColor(Tone::Muted, item.palette));
        painter.drawText(
            item.rect.adjusted(SidePadding, HeadingGap, -SidePadding, 0),
            int(QStyle::visualAlignment(item.direction, Qt::AlignLeft | Qt::AlignVCenter) | Qt::AlignAbsolute),
            item.text);
        painter.restore();
    }
};

} // namespace

SideBar::SideBar(CategoryModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
{
    setObjectName(u"sideBar"_s);
    setAccessibleName(tr("Side bar"));
    setAccessibleDescription(tr("Narrows the table to some of the forwards."));
    setModel(&m_model);
    setItemDelegate(new CategoryDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    // It belongs to the window, the table beside it to the data.
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(true);
    setContentsMargins(6, 6, 6, 6);
    choose({});
    // A context whose last forward went takes its entry with it: show all rather than nothing.
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (!currentIndex().isValid())
            choose({});
    });
}

void SideBar::choose(const Category &category)
{
    const int row = std::max(0, m_model.rowOf(category));
    setCurrentIndex(m_model.index(row));
}

QSize SideBar::sizeHint() const
{
    return {fontMetrics().horizontalAdvance('0'_L1) * WidthInDigits, QListView::sizeHint().height()};
}

void SideBar::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid())
        emit categoryChosen(m_model.categoryAt(current.row()));
}

} // namespace Fairlead::Ui
