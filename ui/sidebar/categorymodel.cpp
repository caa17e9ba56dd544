#include "ui/sidebar/categorymodel.h"

#include "ui/contexts/contextmarks.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/icons.h"

#include <QFont>
#include <QLocale>
#include <QMimeData>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Kind = Category::Kind;

namespace {
constexpr int FixedEntries = 4; ///< All, Running, Needs attention, Stopped; then profiles and contexts with headings
const QString ProfileMimeType = u"application/x-fairlead-profile"_s; ///< name of a profile of this program
} // namespace

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
        if (!m_entries.at(row).heading && m_entries.at(row).category.isSame(category))
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
        return accessibleText(entry);
    case Qt::DecorationRole:
        return symbol(entry);
    case Qt::ToolTipRole:
        return entry.heading ? QVariant() : QVariant(toolTip(entry));
    case MarkRole:
        return markOf(entry);
    case CountRole:
        return entry.heading ? -1 : entry.count;
    case CountTextRole:
        return countText(entry);
    case HeadingRole:
        return entry.heading;
    case AlertRole:
        return entry.category.kind == Kind::NeedsAttention && entry.count > 0;
    default:
        return {};
    }
}

bool CategoryModel::isProfile(const Entry &entry)
{
    return entry.category.kind == Kind::Profile && !entry.heading;
}

const CategoryModel::Profile *CategoryModel::profileOf(const Entry &entry) const
{
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(),
                                    [&](const Profile &profile) { return profile.name == entry.category.profile; });
    return !isProfile(entry) || found == m_profiles.end() ? nullptr : &*found;
}

int CategoryModel::markOf(const Entry &entry) const
{
    if (const Profile *profile = profileOf(entry))
        return profile->mark;
    return isContext(entry) && m_forwards.marks() ? int(m_forwards.marks()->of(entry.category.context).color) : 0;
}

QVariant CategoryModel::symbol(const Entry &entry) const
{
    if (!isContext(entry))
        return {};
    return icon(isProtected(entry) ? u"lock"_s : u"context"_s, Tone::Muted);
}

QString CategoryModel::countText(const Entry &entry) const
{
    const QLocale locale;
    if (const Profile *profile = profileOf(entry)) {
        //: Forwards of a profile: %1 run, of %2.
        return entry.count > 0 ? tr("%1/%2").arg(locale.toString(entry.count), locale.toString(profile->size))
                               : locale.toString(profile->size);
    }
    return entry.heading || entry.count == 0 ? QString() : locale.toString(entry.count);
}

QString CategoryModel::accessibleText(const Entry &entry) const
{
    if (entry.heading)
        return text(entry);
    if (const Profile *profile = profileOf(entry)) {
        //: Read aloud, a profile in the side bar: %1 is its name, %2 how many of its forwards run.
        return tr("Profile %1: %2 of %n forward(s) run", nullptr, profile->size).arg(profile->name).arg(entry.count);
    }
    //: Read aloud, an entry of the side bar: %1 is its name, then the number of forwards in it.
    return tr("%1: %n forward(s)", nullptr, entry.count).arg(text(entry));
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
    if (isProfile(entry))
        lines << tr("Double click or Enter starts it. Forwards can be dropped here.");
    if (isProtected(entry))
        lines << tr("Protected: Fairlead asks before the first start there.");
    return lines.join(u'\n');
}

Qt::ItemFlags CategoryModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between profiles
    if (m_entries.at(index.row()).heading)
        return Qt::NoItemFlags;
    const Qt::ItemFlags usual = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    // What can be dropped on must be able to have children, as views see it.
    return isProfile(m_entries.at(index.row())) ? usual | Qt::ItemIsDragEnabled | Qt::ItemIsDropEnabled
                                                : usual | Qt::ItemNeverHasChildren;
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
    merge(wantedEntries());
    for (int row = 0; row < m_entries.size(); ++row) {
        Entry &entry = m_entries[row];
        int found = 0;
        for (int i = 0; i < m_forwards.rowCount() && !entry.heading; ++i) {
            const bool counts = !isProfile(entry) || Forward::isActive(m_forwards.at(i).state);
            found += counts && belongsTo(entry.category, m_forwards.at(i)) ? 1 : 0;
        }
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

QList<CategoryModel::Entry> CategoryModel::wantedEntries() const
{
    QList<Entry> wanted;
    if (!m_profiles.isEmpty())
        wanted << Entry{{Kind::Profile}, true, 0};
    for (const Profile &profile : m_profiles)
        wanted << Entry{{Kind::Profile, {}, profile.name, profile.members}, false, 0};
    const QList<Kube::ContextRef> contexts = contextsInUse();
    if (!contexts.isEmpty())
        wanted << Entry{{Kind::Context}, true, 0};
    for (const Kube::ContextRef &context : contexts)
        wanted << Entry{{Kind::Context, context}, false, 0};
    return wanted;
}

/// Entries that stay keep their rows' identity, so the chosen one stays chosen.
void CategoryModel::merge(const QList<Entry> &wanted)
{
    const auto same = [](const Entry &a, const Entry &b) {
        return a.heading == b.heading && a.category.isSame(b.category);
    };
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
        int from = row;
        while (from < m_entries.size() && !same(m_entries.at(from), wanted.at(i)))
            ++from;
        if (from == m_entries.size()) {
            beginInsertRows({}, row, row);
            m_entries.insert(row, wanted.at(i));
            endInsertRows();
        } else if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            m_entries.move(from, row);
            endMoveRows();
        }
        Category &category = m_entries[row].category;
        if (std::exchange(category.members, wanted.at(i).category.members) != category.members)
            emit membersChanged(category);
    }
}

void CategoryModel::setProfiles(const QList<Profile> &profiles)
{
    if (profiles == m_profiles)
        return;
    m_profiles = profiles;
    count();
    if (!m_profiles.isEmpty())
        emit dataChanged(index(FixedEntries), index(FixedEntries + int(m_profiles.size())));
}

QStringList CategoryModel::mimeTypes() const
{
    return {ForwardsModel::mimeType(), ProfileMimeType};
}

QMimeData *CategoryModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty() || !isProfile(m_entries.at(indexes.first().row())))
        return nullptr;
    auto *data = new QMimeData;
    data->setData(ProfileMimeType, m_entries.at(indexes.first().row()).category.profile.toUtf8());
    return data;
}

int CategoryModel::placeBefore(int row) const
{
    const int place = row - FixedEntries - 1; // behind the heading
    return place >= 0 && place <= m_profiles.size() ? place : -1;
}

bool CategoryModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int row, int,
                                    const QModelIndex &parent) const
{
    if (data->hasFormat(ProfileMimeType))
        return placeBefore(parent.isValid() ? parent.row() : row) >= 0;
    return parent.isValid() && isProfile(m_entries.at(parent.row())) && data->hasFormat(ForwardsModel::mimeType());
}

bool CategoryModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                 const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    if (data->hasFormat(ProfileMimeType))
        emit profileDropped(QString::fromUtf8(data->data(ProfileMimeType)),
                            placeBefore(parent.isValid() ? parent.row() : row));
    else
        emit forwardsDropped(m_entries.at(parent.row()).category.profile, ForwardsModel::idsIn(*data));
    return true;
}

QString CategoryModel::text(const Entry &entry) const
{
    if (entry.heading)
        return entry.category.kind == Kind::Profile ? tr("Profiles") : tr("Contexts");
    switch (entry.category.kind) {
    case Kind::All:
        return tr("All", "all forwards");
    case Kind::Running:
        return tr("Running", "forwards that run");
    case Kind::NeedsAttention:
        return tr("Needs attention");
    case Kind::Stopped:
        return tr("Stopped", "forwards that are stopped");
    case Kind::Profile:
        return entry.category.profile;
    case Kind::Context:
        return Kube::contextLabel(entry.category.context);
    }
    return {};
}

} // namespace Fairlead::Ui
