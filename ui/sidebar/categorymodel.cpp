#include "ui/sidebar/categorymodel.h"

#include "ui/contexts/contextmarks.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/icons.h"

#include <QFont>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Kind = Category::Kind;

namespace {
constexpr int FixedEntries = 4; ///< All, Running, Needs attention, Stopped; then the heading, then contexts
}

CategoryModel::CategoryModel(const ForwardsModel &forwards, QObject *parent)
    : QAbstractListModel(parent)
    , m_forwards(forwards)
    , m_entries({{{Kind::All, {}}}, {{Kind::Running, {}}}, {{Kind::NeedsAttention, {}}}, {{Kind::Stopped, {}}}})
{
    connect(&forwards, &QAbstractItemModel::rowsInserted, this, &CategoryModel::scheduleCount);
    connect(&forwards, &QAbstractItemModel::rowsRemoved, this, &CategoryModel::scheduleCount);
    connect(&forwards, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first) {
        // A changed state announces the whole row; rates and counts start further right.
        if (first.column() == ForwardsModel::StateColumn)
            scheduleCount();
    });
    if (forwards.marks())
        connect(forwards.marks(), &ContextMarks::changed, this,
                [this] { emit dataChanged(index(0), index(rowCount() - 1)); });
    count();
}

Category CategoryModel::categoryAt(int row) const
{
    return row >= 0 && row < m_entries.size() ? m_entries.at(row).category : Category();
}

int CategoryModel::rowOf(const Category &category) const
{
    for (int row = 0; row < m_entries.size(); ++row) {
        if (!m_entries.at(row).heading && m_entries.at(row).category == category)
            return row;
    }
    return -1;
}

int CategoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant CategoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry);
    case Qt::AccessibleTextRole:
        //: Read aloud, an entry of the side bar: %1 is its name, then the number of forwards in it.
        return entry.heading ? text(entry) : tr("%1: %n forward(s)", nullptr, entry.count).arg(text(entry));
    case Qt::DecorationRole:
        return isContext(entry) ? QVariant(icon(isProtected(entry) ? u"lock"_s : u"context"_s, Tone::Muted))
                                : QVariant();
    case Qt::ToolTipRole:
        return entry.heading ? QVariant() : QVariant(toolTip(entry));
    case MarkRole:
        return isContext(entry) && m_forwards.marks() ? int(m_forwards.marks()->of(entry.category.context).color) : 0;
    case CountRole:
        return entry.heading ? -1 : entry.count;
    case HeadingRole:
        return entry.heading;
    case AlertRole:
        return entry.category.kind == Kind::NeedsAttention && entry.count > 0;
    default:
        return {};
    }
}

bool CategoryModel::isContext(const Entry &entry)
{
    return entry.category.kind == Kind::Context && !entry.heading;
}

bool CategoryModel::isProtected(const Entry &entry) const
{
    return isContext(entry) && m_forwards.marks() && m_forwards.marks()->of(entry.category.context).isProtected;
}

QString CategoryModel::toolTip(const Entry &entry) const
{
    QStringList lines{text(entry)};
    if (!entry.category.context.kubeconfig.isEmpty())
        lines << tr("From: %1", "path of a kubeconfig file").arg(entry.category.context.kubeconfig);
    if (isProtected(entry))
        lines << tr("Protected: Fairlead asks before the first start there.");
    return lines.join(u'\n');
}

Qt::ItemFlags CategoryModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_entries.at(index.row()).heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

void CategoryModel::scheduleCount()
{
    if (std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(this, &CategoryModel::count, Qt::QueuedConnection);
}

void CategoryModel::count()
{
    m_scheduled = false;
    mergeContexts(contextsInUse());
    for (int row = 0; row < m_entries.size(); ++row) {
        Entry &entry = m_entries[row];
        int found = 0;
        for (int i = 0; i < m_forwards.rowCount() && !entry.heading; ++i)
            found += belongsTo(entry.category, m_forwards.at(i)) ? 1 : 0;
        if (std::exchange(entry.count, found) != found)
            emit dataChanged(index(row), index(row));
    }
}

QList<Kube::ContextRef> CategoryModel::contextsInUse() const
{
    QSet<Kube::ContextRef> found;
    for (int i = 0; i < m_forwards.rowCount(); ++i)
        found << m_forwards.at(i).spec.contextRef();
    found.removeIf([](const Kube::ContextRef &context) { return context.name.isEmpty(); });
    QList<Kube::ContextRef> contexts(found.cbegin(), found.cend());
    std::sort(contexts.begin(), contexts.end(), [](const Kube::ContextRef &a, const Kube::ContextRef &b) {
        const int order = a.name.compare(b.name, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : a < b;
    });
    return contexts;
}

/// Both lists are sorted; entries that stay keep their rows' identity, so the chosen one stays chosen.
void CategoryModel::mergeContexts(const QList<Kube::ContextRef> &contexts)
{
    QList<Entry> wanted;
    if (!contexts.isEmpty())
        wanted << Entry{{Kind::Context, {}}, true, 0};
    for (const Kube::ContextRef &context : contexts)
        wanted << Entry{{Kind::Context, context}, false, 0};
    const auto same = [](const Entry &a, const Entry &b) { return a.heading == b.heading && a.category == b.category; };
    for (int row = int(m_entries.size()) - 1; row >= FixedEntries; --row) {
        const bool stays = std::any_of(wanted.cbegin(), wanted.cend(),
                                       [&](const Entry &entry) { return same(entry, m_entries.at(row)); });
        if (!stays) {
            beginRemoveRows({}, row, row);
            m_entries.removeAt(row);
            endRemoveRows();
        }
    }
    for (int i = 0; i < wanted.size(); ++i) {
        const int row = FixedEntries + i;
        if (row < m_entries.size() && same(m_entries.at(row), wanted.at(i)))
            continue;
        beginInsertRows({}, row, row);
        m_entries.insert(row, wanted.at(i));
        endInsertRows();
    }
}

QString CategoryModel::text(const Entry &entry) const
{
    if (entry.heading)
        return tr("Contexts");
    switch (entry.category.kind) {
    case Kind::All:
        return tr("All", "all forwards");
    case Kind::Running:
        return tr("Running", "forwards that run");
    case Kind::NeedsAttention:
        return tr("Needs attention");
    case Kind::Stopped:
        return tr("Stopped", "forwards that are stopped");
    case Kind::Context:
        return Kube::contextLabel(entry.category.context);
    }
    return {};
}

} // namespace Fairlead::Ui
