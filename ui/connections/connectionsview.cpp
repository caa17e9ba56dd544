#include "ui/connections/connectionsview.h"

#include "core/forward/forwardsnapshot.h"
#include "ui/connections/connectionsmodel.h"
#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/widgets/roomyheader.h"
#include "ui/widgets/tablecolumns.h"
#include "ui/widgets/tabulartext.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ConnectionEnd;

namespace {

constexpr int RowPadding = 5;

/// Colour for the end, digits of equal width for the numbers; closed connections step back.
class ConnectionsDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const auto end = index.data(ConnectionsModel::EndRole).value<ConnectionEnd>();
        tint(item, toneFor(index.column(), end));
        const QString text = std::exchange(item.text, {});
        const QIcon symbol = std::exchange(item.icon, {});
        const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        const bool selected = item.state & QStyle::State_Selected;
        painter->save();
        painter->setFont(item.font);
        painter->setPen(item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
        const auto place = [&item](const QRect &rect) { return QStyle::visualRect(item.direction, item.rect, rect); };
        QRect area = item.rect.adjusted(kCellPadding, 0, -kCellPadding, 0);
        if (!symbol.isNull()) {
            const QRect iconArea(area.topLeft(), QSize(item.decorationSize.width(), area.height()));
            symbol.paint(painter, place(iconArea), Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
            area.setLeft(iconArea.right() + 7);
        }
        const Qt::Alignment side = ConnectionsModel::isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft;
        drawTabular(*painter, place(area), QStyle::visualAlignment(item.direction, side), text);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize hint = QStyledItemDelegate::sizeHint(option, index);
        return {hint.width() + 2 * kCellPadding, option.fontMetrics.height() + 2 * RowPadding};
    }

private:
    [[nodiscard]] static Tone toneFor(int column, ConnectionEnd end)
    {
        if (column == ConnectionsModel::EndColumn)
            return toneOf(end);
        return end == ConnectionEnd::Open ? Tone::Text : Tone::Muted;
    }
    static void tint(QStyleOptionViewItem &item, Tone tone)
    {
        item.palette.setColor(QPalette::Text, toneColor(tone, item.palette));
        item.palette.setColor(QPalette::HighlightedText, selectedToneColor(tone, item.palette));
    }
};

} // namespace

ConnectionsView::ConnectionsView(ConnectionsModel &model, Store::Settings &settings, QWidget *parent)
    : QTreeView(parent)
    , m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(u"connections"_s);
    setAccessibleName(tr("Connections"));
    setAccessibleDescription(tr("The connections of the selected forward, newest first."));
    m_sorted->setSourceModel(&model);
    m_sorted->setSortRole(ConnectionsModel::SortRole);
    setModel(m_sorted);
    setItemDelegate(new ConnectionsDelegate(this));
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setIndentation(0);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    header()->setSortIndicatorClearable(true);
    header()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    makeRoomy(*header());
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    setIconSize(QSize(side, side));
    m_columns = new TableColumns(*this, u"connections"_s, settings);
    setUpColumns();
    addCopyAction();
}

void ConnectionsView::setUpColumns()
{
    const QFontMetrics text(font());
    const QFontMetrics fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const auto width = [this](int column, int wanted) {
        m_columns->setDefaultWidth(column, std::max(wanted, header()->sectionSizeHint(column) - kCellPadding));
    };
    width(ConnectionsModel::FromColumn, fixed.horizontalAdvance(u"[::1]:00000000000"_s) + 24);
    width(ConnectionsModel::SinceColumn, text.horizontalAdvance(u"00:00:00"_s) + 40);
    width(ConnectionsModel::ReceivedColumn, text.horizontalAdvance(u"0000.0 MiB"_s) + 24);
    width(ConnectionsModel::SentColumn, text.horizontalAdvance(u"0000.0 MiB"_s) + 24);
    width(ConnectionsModel::RateColumn, text.horizontalAdvance(u"000.0 MiB/s"_s) + 24);
    width(ConnectionsModel::PortsColumn, text.horizontalAdvance(u"00000 → 00000"_s) + 24);
    width(ConnectionsModel::EndColumn, text.averageCharWidth() * 45);
    m_columns->setFlexible(ConnectionsModel::EndColumn, 1);
    m_columns->restore();
}

void ConnectionsView::addCopyAction()
{
    auto *copy = new QAction(icon(u"copy"_s), tr("Copy rows"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(selectedText()); });
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

QString ConnectionsView::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.row() < b.row(); });
    QString text;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < ConnectionsModel::ColumnCount; ++column)
            cells << row.siblingAtColumn(column).data().toString();
        text += cells.join('\t'_L1) + '\n'_L1;
    }
    return text;
}

} // namespace Fairlead::Ui
