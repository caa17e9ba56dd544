#include "ui/forwards/forwardsview.h"

#include "ui/forwards/describe.h"
#include "ui/forwards/forwardsdelegate.h"
#include "ui/forwards/forwardsfilter.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/widgets/roomyheader.h"
#include "ui/widgets/tablecolumns.h"

#include <QDrag>
#include <QFontDatabase>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMetaEnum>
#include <QMimeData>
#include <QMouseEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

QStringList stateTexts()
{
    QStringList words;
    const auto states = QMetaEnum::fromType<Forward::State>();
    for (int i = 0; i < states.keyCount(); ++i)
        words << Forward::stateText(static_cast<Forward::State>(states.value(i)));
    return words;
}

int widest(const QStringList &words, const QFontMetrics &metrics)
{
    int width = 0;
    for (const QString &word : words)
        width = std::max(width, metrics.horizontalAdvance(word));
    return width;
}

/// Columns that are empty while a forward is in trouble, best place for its button first.
constexpr ForwardsModel::Column RemedyPlaces[] = {ForwardsModel::DownColumn, ForwardsModel::RoundTripColumn};

constexpr int DragMargin = 6;

} // namespace

ForwardsView::ForwardsView(ForwardsModel &model, ForwardsFilter &filter, Store::Settings &settings, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
    , m_filter(filter)
    , m_delegate(new ForwardsDelegate(this))
{
    setObjectName(u"forwards"_s);
    setAccessibleName(tr("Forwards"));
    setAccessibleDescription(tr("One row a forward, with its state, addresses and data rates."));
    setModel(&m_filter);
    setItemDelegate(m_delegate);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true); // measuring every row of a long list would be the slow part
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(true);
    setDragEnabled(true); // onto profiles
    setDragDropMode(DragOnly);
    setIndentation(0);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    header()->setSortIndicatorClearable(true);
    header()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    makeRoomy(*header());
    header()->setAccessibleName(tr("Columns of the forwards table"));
    m_columns = new TableColumns(*this, u"forwards"_s, settings);
    connect(m_columns, &TableColumns::shownColumnsChanged, this, &ForwardsView::placeRemedy);
    connect(this, &QAbstractItemView::doubleClicked, this, &ForwardsView::detailsRequested);
    setUpColumns();
}

void ForwardsView::setUpColumns()
{
    const QFontMetrics text(font());
    const QFontMetrics fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int em = text.horizontalAdvance('n'_L1);
    const int padding = 22;
    const auto width = [this](int column, int wanted) {
        const int title = QFontMetrics(header()->font()).horizontalAdvance(ForwardsModel::columnTitle(column));
        m_columns->setDefaultWidth(column, std::max(wanted, title + 2 * kCellPadding + 4));
    };
    for (int column = 0; column < ForwardsModel::ColumnCount; ++column) {
        width(column, 16 * em);
        m_columns->setShownByDefault(column, ForwardsModel::shownByDefault(column));
    }
    width(ForwardsModel::StateColumn, 25 * em);
    width(ForwardsModel::NameColumn, 17 * em);
    width(ForwardsModel::TargetColumn, 21 * em);
    width(ForwardsModel::LocalColumn, fixed.horizontalAdvance(u"127.0.0.1:00000"_s) + padding);
    width(ForwardsModel::DownColumn, text.horizontalAdvance(u"00.0 MiB/s"_s) + padding + 72);
    width(ForwardsModel::UpColumn, text.horizontalAdvance(u"00.0 MiB/s"_s) + padding);
    width(ForwardsModel::ConnectionsColumn, text.horizontalAdvance(u"00 of 0000"_s) + padding);
    width(ForwardsModel::RoundTripColumn, text.horizontalAdvance(u"0000 ms"_s) + padding);
    m_columns->setFlexible(ForwardsModel::StateColumn, 5);
    m_columns->setFlexible(ForwardsModel::NameColumn, 1);
    m_columns->setFlexible(ForwardsModel::TargetColumn, 2);
    const int iconRoom = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this) + em;
    // The curve goes before the words do.
    const int rate = text.horizontalAdvance(u"00.0 MiB/s"_s);
    m_columns->setLeastWidth(ForwardsModel::DownColumn, std::max(rate, widest(remedyTexts(), text) + 2 * em) + padding);
    m_columns->setLeastWidth(ForwardsModel::StateColumn, widest(stateTexts(), text) + iconRoom + padding);
    m_columns->setLeastWidth(ForwardsModel::NameColumn, 9 * em);
    m_columns->setLeastWidth(ForwardsModel::TargetColumn, 13 * em);
    m_columns->restore();
}

QList<Forward::ForwardId> ForwardsView::selectedIds() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.row() < b.row(); });
    QList<Forward::ForwardId> ids;
    for (const QModelIndex &row : std::as_const(rows))
        ids << row.data(ForwardsModel::IdRole).toULongLong();
    return ids;
}

void ForwardsView::select(Forward::ForwardId id)
{
    const QModelIndex row = m_filter.mapFromSource(m_model.indexOf(id));
    if (!row.isValid())
        return;
    selectionModel()->setCurrentIndex(row, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(row);
}

QRect ForwardsView::remedyRect(const QModelIndex &row) const
{
    const QModelIndex cell = row.siblingAtColumn(m_delegate->remedyColumn());
    return m_delegate->remedyRect(optionFor(cell), cell);
}

void ForwardsView::placeRemedy()
{
    int place = ForwardsModel::StateColumn;
    for (const auto column : RemedyPlaces) {
        if (!isColumnHidden(column)) {
            place = column;
            break;
        }
    }
    m_delegate->setRemedyColumn(place);
    viewport()->update();
}

void ForwardsView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (plain && event->key() == Qt::Key_Space)
        emit toggleRequested();
    else if (plain && event->text() == "/"_L1)
        emit filterRequested();
    else if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit detailsRequested();
    else
        QTreeView::keyPressEvent(event);
}

void ForwardsView::mousePressEvent(QMouseEvent *event)
{
    const Hit hit = event->button() == Qt::LeftButton ? hitAt(event->position().toPoint()) : Hit();
    if (hit.spot == Spot::Button) {
        m_pressed = hit.index;
        setHot(hit, true);
        return; // the button acts on its row; the selection stays as it is
    }
    QTreeView::mousePressEvent(event);
    // Modifiers extend the selection; only a plain click means the link.
    if (hit.spot == Spot::Link && event->modifiers() == Qt::NoModifier)
        m_pressed = hit.index;
}

void ForwardsView::mouseMoveEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->position().toPoint());
    setHot(hit, m_pressed.isValid() && m_pressed == hit.index);
    if (!m_pressed.isValid())
        QTreeView::mouseMoveEvent(event);
}

void ForwardsView::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex pressed = std::exchange(m_pressed, QPersistentModelIndex());
    const Hit hit = hitAt(event->position().toPoint());
    setHot(hit, false);
    QTreeView::mouseReleaseEvent(event);
    if (!pressed.isValid() || hit.index != pressed)
        return;
    const auto id = pressed.data(ForwardsModel::IdRole).toULongLong();
    if (hit.spot == Spot::Button)
        emit remedyRequested(id);
    else if (hit.spot == Spot::Link)
        emit addressClicked(id, hit.port);
}

void ForwardsView::startDrag(Qt::DropActions actions)
{
    const QList<Forward::ForwardId> ids = selectedIds();
    QMimeData *content = model()->mimeData(selectionModel()->selectedRows());
    if (ids.isEmpty() || !content)
        return;
    const QString name = forwardName(m_model.find(ids.first())->spec);
    QLabel label(ids.size() == 1 ? name : tr("%n forward(s)", nullptr, int(ids.size())));
    label.setTextFormat(Qt::PlainText);
    label.setFont(font());
    label.setPalette(palette());
    label.setFrameStyle(int(QFrame::StyledPanel) | int(QFrame::Plain));
    label.setMargin(DragMargin);
    label.setAutoFillBackground(true);
    auto *drag = new QDrag(this); // deletes itself when it has ended
    drag->setMimeData(content);
    drag->setPixmap(label.grab());
    drag->setHotSpot(QPoint(-DragMargin, -DragMargin));
    drag->exec(actions, Qt::CopyAction);
}

void ForwardsView::leaveEvent(QEvent *event)
{
    setHot({}, false);
    QTreeView::leaveEvent(event);
}

void ForwardsView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        viewport()->update();
}

void ForwardsView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    emit selectionMoved();
}

ForwardsView::Hit ForwardsView::hitAt(const QPoint &point) const
{
    const QModelIndex index = indexAt(point);
    if (!index.isValid())
        return {};
    const QStyleOptionViewItem option = optionFor(index);
    if (m_delegate->remedyRect(option, index).contains(point))
        return {Spot::Button, index, 0};
    const int port = m_delegate->linkAt(option, index, point);
    if (port >= 0)
        return {Spot::Link, index, port};
    return {};
}

QStyleOptionViewItem ForwardsView::optionFor(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return option;
}

void ForwardsView::setHot(const Hit &hit, bool pressed)
{
    const QModelIndex index = hit.spot == Spot::Nothing ? QModelIndex() : hit.index;
    viewport()->setCursor(hit.spot == Spot::Link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    const QPersistentModelIndex before = std::exchange(m_hot, index);
    m_delegate->setHot(index, pressed);
    if (before.isValid())
        update(before);
    if (index.isValid())
        update(index);
}

} // namespace Fairlead::Ui
