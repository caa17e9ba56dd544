#include "ui/sidebar/sidebar.h"

#include "ui/contexts/contextcolors.h"
#include "ui/sidebar/categorymodel.h"
#include "ui/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int SidePadding = 8;
constexpr int RowPadding = 5;
constexpr int HeadingGap = 10;
constexpr int Margin = 6;

/// Name on the leading side, count on the trailing one; headings small and quiet.
class CategoryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        if (index.data(CategoryModel::HeadingRole).toBool()) {
            paintHeading(*painter, item);
            return;
        }
        paintEntry(*painter, item, index);
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize hint = QStyledItemDelegate::sizeHint(option, index);
        const int gap = index.data(CategoryModel::HeadingRole).toBool() ? HeadingGap : 0;
        return {hint.width(), option.fontMetrics.height() + 2 * RowPadding + gap};
    }

private:
    static QString countText(const QModelIndex &index) { return index.data(CategoryModel::CountTextRole).toString(); }
    static void paintEntry(QPainter &painter, QStyleOptionViewItem &item, const QModelIndex &index)
    {
        const QString text = std::exchange(item.text, {});
        const QIcon symbol = std::exchange(item.icon, {});
        const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &item, &painter, item.widget);
        const bool selected = item.state & QStyle::State_Selected;
        const auto pen = [&](Tone tone) {
            return selected ? selectedToneColor(tone, item.palette) : toneColor(tone, item.palette);
        };
        const QString count = countText(index);
        const auto place = [&item](const QRect &rect) { return QStyle::visualRect(item.direction, item.rect, rect); };
        QRect area = item.rect.adjusted(SidePadding, 0, -SidePadding, 0);
        paintMark(painter, item, index);
        painter.save();
        painter.setFont(item.font);
        painter.setPen(pen(index.data(CategoryModel::AlertRole).toBool() ? Tone::Warning : Tone::Muted));
        const auto absolute = [&item](Qt::Alignment side) {
            return int(QStyle::visualAlignment(item.direction, side) | Qt::AlignVCenter | Qt::AlignAbsolute);
        };
        painter.drawText(place(area), absolute(Qt::AlignRight), count);
        area.setRight(area.right() - item.fontMetrics.horizontalAdvance(count) - SidePadding);
        if (!symbol.isNull()) {
            const QRect iconArea(area.topLeft(), QSize(item.decorationSize.width(), area.height()));
            symbol.paint(&painter, place(iconArea), Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
            area.setLeft(iconArea.right() + SidePadding);
        }
        painter.setPen(pen(Tone::Text));
        painter.drawText(place(area), absolute(Qt::AlignLeft),
                         item.fontMetrics.elidedText(text, Qt::ElideMiddle, area.width()));
        painter.restore();
    }
    static void paintMark(QPainter &painter, const QStyleOptionViewItem &item, const QModelIndex &index)
    {
        const auto color = Store::Settings::ContextColor(index.data(CategoryModel::MarkRole).toInt());
        if (color == Store::Settings::ContextColor::None)
            return;
        const QRect mark(item.rect.left() + 1, item.rect.top() + 2, kMarkWidth, item.rect.height() - 4);
        painter.fillRect(QStyle::visualRect(item.direction, item.rect, mark), contextColor(color, item.palette));
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
    setViewportMargins(Margin, Margin, Margin, Margin);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    setIconSize(QSize(side, side));
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::CopyAction);
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &index) {
        if (const Category category = m_model.categoryAt(index.row()); category.kind == Category::Kind::Profile)
            emit profileActivated(category.profile);
    });
    connect(&m_model, &CategoryModel::membersChanged, this, [this](const Category &category) {
        if (m_model.categoryAt(currentIndex().row()).isSame(category))
            emit categoryChosen(category);
    });
    choose({});
}

void SideBar::showMenu(int row, const QPoint &at)
{
    const Category category = m_model.categoryAt(row);
    if (category.kind == Category::Kind::Context && !category.context.name.isEmpty())
        emit contextMenuRequested(category.context, at);
    else if (category.kind == Category::Kind::Profile && !category.profile.isEmpty())
        emit profileMenuRequested(category.profile, at);
}

void SideBar::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    const QPoint at = byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    showMenu(index.row(), at);
}

void SideBar::keyPressEvent(QKeyEvent *event)
{
    const Category category = m_model.categoryAt(currentIndex().row());
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const bool isProfile = plain && category.kind == Category::Kind::Profile && !category.profile.isEmpty();
    if (isProfile && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit profileActivated(category.profile);
    else if (isProfile && event->key() == Qt::Key_F2)
        emit profileRenameRequested(category.profile);
    else if (isProfile && event->key() == Qt::Key_Delete)
        emit profileRemoveRequested(category.profile);
    else
        QListView::keyPressEvent(event);
}

void SideBar::choose(const Category &category)
{
    const int row = std::max(0, m_model.rowOf(category));
    setCurrentIndex(m_model.index(row));
}

QSize SideBar::sizeHint() const
{
    // As wide as its longest entry with a count of three digits, in every language; profiles and contexts may be cut.
    int text = 0;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const auto kind = m_model.categoryAt(row).kind;
        if (kind != Category::Kind::Context && kind != Category::Kind::Profile)
            text = std::max(text, fontMetrics().horizontalAdvance(m_model.index(row).data().toString()));
    }
    const int count = fontMetrics().horizontalAdvance(u"000"_s);
    return {text + count + 3 * SidePadding + 2 * Margin + 2 * frameWidth() + 4, QListView::sizeHint().height()};
}

void SideBar::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // A context whose last forward went takes its entry with it: show all rather than some other context.
    if (currentIndex().row() >= start && currentIndex().row() <= end)
        choose({});
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

void SideBar::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid())
        emit categoryChosen(m_model.categoryAt(current.row()));
}

} // namespace Fairlead::Ui
