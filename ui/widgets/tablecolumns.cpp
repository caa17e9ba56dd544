#include "ui/widgets/tablecolumns.h"

#include "core/store/settings.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QTreeView>

#include <algorithm>

namespace Fairlead::Ui {

namespace {
constexpr int SmallestWidth = 48;
constexpr int SqueezePercent = 60; ///< of the default width, where no least one is given
constexpr int MaxWidth = 1'000'000; ///< more than any window has
} // namespace

TableColumns::TableColumns(QTreeView &view, const QString &name, Store::Settings &settings)
    : QObject(&view)
    , m_view(view)
    , m_header(view.header())
    , m_name(name)
    , m_settings(settings)
    , m_columns(view.model()->columnCount())
{
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_header->setSectionsMovable(true);
    m_header->setFirstSectionMovable(true);
    m_header->setStretchLastSection(false);
    m_header->setMinimumSectionSize(SmallestWidth);
    connect(m_header, &QHeaderView::customContextMenuRequested, this, [this](const QPoint &at) {
        auto *menu = new QMenu(&m_view);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu);
        menu->popup(m_header->mapToGlobal(at));
    });
    m_view.viewport()->installEventFilter(this);
}

void TableColumns::setDefaultWidth(int column, int width)
{
    m_columns[column].width = width;
}

void TableColumns::setLeastWidth(int column, int width)
{
    m_columns[column].least = width;
}

void TableColumns::setFlexible(int column, int share)
{
    m_columns[column].share = share;
}

void TableColumns::setShownByDefault(int column, bool shown)
{
    m_columns[column].shown = shown;
}

void TableColumns::restore()
{
    applyDefaults();
    const QByteArray state = m_settings.layoutState(m_name);
    // A state of another version of the program may know fewer columns; the defaults stand then.
    if (!state.isEmpty() && !m_header->restoreState(state))
        applyDefaults();
    emit shownColumnsChanged();
}

void TableColumns::save() const
{
    m_settings.setLayoutState(m_name, m_header->saveState());
}

void TableColumns::fillMenu(QMenu &menu)
{
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const QString title = m_view.model()->headerData(column, Qt::Horizontal).toString();
        QAction *action = menu.addAction(title);
        action->setCheckable(true);
        action->setChecked(!m_header->isSectionHidden(column));
        // One column has to stay, or the header and with it this menu would be gone.
        action->setEnabled(!action->isChecked() || shownCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setShown(column, shown); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Reset columns")), &QAction::triggered, this, [this] {
        applyDefaults();
        fit();
        emit shownColumnsChanged();
    });
}

bool TableColumns::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

void TableColumns::applyDefaults()
{
    for (int column = 0; column < m_columns.size(); ++column) {
        m_header->moveSection(m_header->visualIndex(column), column);
        m_header->setSectionHidden(column, !m_columns.at(column).shown);
        m_header->resizeSection(column, m_columns.at(column).width);
    }
}

/// Shares out the difference between the columns' width and the room, in this order: flexible columns reach their
/// default width, those that yield theirs, the rest is for the flexible ones; and the same way back. A column never
/// gets narrower than its least width by this; where that is not enough, the table scrolls.
void TableColumns::fit()
{
    if (m_fitting)
        return;
    m_fitting = true;
    const Limit usual = [](const Column &c) { return c.width; };
    const Limit least = [](const Column &c) { return c.least > 0 ? c.least : c.width * SqueezePercent / 100; };
    const Limit most = [](const Column &) { return MaxWidth; };
    int spare = m_view.viewport()->width() - m_header->length();
    const Limit last = spare > 0 ? most : least;
    const Limit yielding = spare > 0 ? usual : least;
    spare = spread(spare, usual);
    spare = yield(spare, yielding);
    spare = spread(spare, last);
    m_fitting = false;
}

/// Over the flexible columns, by their shares; gives what is left.
int TableColumns::spread(int spare, Limit limit)
{
    for (int before = 0; spare != 0 && spare != before;) {
        before = spare;
        int shares = 0;
        for (int column = 0; column < m_columns.size(); ++column)
            shares += m_header->isSectionHidden(column) ? 0 : m_columns.at(column).share;
        for (int column = 0; column < m_columns.size() && shares > 0; ++column) {
            const Column &c = m_columns.at(column);
            if (c.share == 0 || m_header->isSectionHidden(column))
                continue;
            spare -= resize(column, spare * c.share / shares, limit(c));
            shares -= c.share;
        }
    }
    return spare;
}

/// To or from columns that have a least width and no share.
int TableColumns::yield(int spare, Limit limit)
{
    for (int column = 0; column < m_columns.size() && spare != 0; ++column) {
        const Column &c = m_columns.at(column);
        if (c.share == 0 && c.least > 0 && !m_header->isSectionHidden(column))
            spare -= resize(column, spare, limit(c));
    }
    return spare;
}

/// By `wanted`, but not beyond the limit; gives by how much.
int TableColumns::resize(int column, int wanted, int limit)
{
    const int old = m_header->sectionSize(column);
    const int size =
        wanted > 0 ? std::min(old + wanted, std::max(old, limit)) : std::max(old + wanted, std::min(old, limit));
    m_header->resizeSection(column, size);
    return size - old;
}

void TableColumns::setShown(int column, bool shown)
{
    m_header->setSectionHidden(column, !shown);
    if (shown && m_header->sectionSize(column) < SmallestWidth)
        m_header->resizeSection(column, m_columns.at(column).width);
    fit();
    emit shownColumnsChanged();
}

int TableColumns::shownCount() const
{
    return m_header->count() - m_header->hiddenSectionCount();
}

} // namespace Fairlead::Ui
