#include "ui/picker/podsmodel.h"

#include "core/support/clock.h"
#include "ui/picker/itemroles.h"

#include <QLocale>

#include <algorithm>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const QString &namespaceName, const QString &name)
{
    return namespaceName + u'/' + name;
}

QString keyOf(const Kube::PodRow &pod)
{
    return keyOf(pod.namespaceName, pod.name);
}

/// "2/2" but not "1/2"; anything else, as of a server that prints another column, is not held against the pod.
bool isFullyReady(const QString &ready)
{
    const qsizetype slash = ready.indexOf(u'/');
    return slash < 0 || ready.left(slash) == ready.mid(slash + 1);
}

/// Calls `use(first, last)` for each run of neighbours in sorted `rows`, from the last run to the first.
template <typename Use>
void forRunsFromTheEnd(const QList<int> &rows, Use use)
{
    for (qsizetype end = rows.size(); end > 0;) {
        qsizetype begin = end - 1;
        while (begin > 0 && rows.at(begin - 1) == rows.at(begin) - 1)
            --begin;
        use(rows.at(begin), rows.at(end - 1));
        end = begin;
    }
}

} // namespace

Tone toneOfPodStatus(const QString &status, const QString &ready)
{
    if (status == "Running"_L1)
        return isFullyReady(ready) ? Tone::Good : Tone::Warning;
    if (status == "Completed"_L1 || status == "Succeeded"_L1)
        return Tone::Muted;
    static const QStringList underway{u"Pending"_s,     u"ContainerCreating"_s, u"PodInitializing"_s,
                                      u"Terminating"_s, u"NotReady"_s,          u"SchedulingGated"_s};
    if (underway.contains(status))
        return Tone::Waiting;
    // "Init:0/1" is on its way, "Init:CrashLoopBackOff" and "Init:Error" are not.
    if (status.startsWith("Init:"_L1) && status.contains(u'/'))
        return Tone::Waiting;
    return Tone::Bad;
}

PodsModel::PodsModel(QObject *parent)
    : PodsModel(SystemClock::instance(), parent)
{
}

PodsModel::PodsModel(const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
{
}

int PodsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PodsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PodsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Kube::PodRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == RestartsColumn || index.column() == AgeColumn)
            return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case Qt::ToolTipRole:
        if (index.column() == AgeColumn && row.created.isValid())
            return QLocale().toString(row.created.toLocalTime(), QLocale::LongFormat);
        return index.column() == PodColumn ? row.name : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == PodColumn ? tr("%1, %2", "pod name, status").arg(row.name, row.status) : QVariant();
    case ToneRole:
        if (index.column() == StatusColumn)
            return int(toneOfPodStatus(row.status, row.ready));
        return index.column() == NamespaceColumn ? int(Tone::Muted) : QVariant();
    default:
        return {};
    }
}

QString PodsModel::text(const Kube::PodRow &pod, int column) const
{
    switch (column) {
    case PodColumn:
        return pod.name;
    case NamespaceColumn:
        return pod.namespaceName;
    case ReadyColumn:
        return pod.ready;
    case StatusColumn:
        return pod.status;
    case RestartsColumn:
        return pod.restarts == "0"_L1 ? QString() : pod.restarts; // a column of zeros says nothing
    case AgeColumn:
        return pod.created.isValid() ? Kube::ageText(pod.created, m_clock.now()) : QString();
    default:
        return {};
    }
}

QVariant PodsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == RestartsColumn || section == AgeColumn;
        return QVariant::fromValue((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PodColumn:
        return tr("Pod");
    case NamespaceColumn:
        return tr("Namespace");
    case ReadyColumn:
        return tr("Ready");
    case StatusColumn:
        return tr("Status");
    case RestartsColumn:
        return tr("Restarts");
    case AgeColumn:
        return tr("Age");
    default:
        return {};
    }
}

int PodsModel::rowOf(const QString &namespaceName, const QString &name) const
{
    return m_rowOfKey.value(keyOf(namespaceName, name), -1);
}

void PodsModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_rowOfKey.clear();
    endResetModel();
}

void PodsModel::merge(const QList<Kube::PodRow> &rows, const QStringList &removed)
{
    removeKeys(removed);

    QList<Kube::PodRow> added;
    QHash<QString, qsizetype> addedAt;
    for (const Kube::PodRow &row : rows) {
        const QString key = keyOf(row);
        if (const int at = m_rowOfKey.value(key, -1); at >= 0) {
            if (m_rows.at(at) == row)
                continue;
            m_rows[at] = row;
            emit dataChanged(index(at, 0), index(at, ColumnCount - 1));
        } else if (const auto twice = addedAt.constFind(key); twice != addedAt.cend()) {
            added[*twice] = row;
        } else {
            addedAt.insert(key, added.size());
            added << row;
        }
    }
    if (added.isEmpty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(added.size()) - 1);
    m_rows << added;
    reindexFrom(first);
    endInsertRows();
}

void PodsModel::removeKeys(const QStringList &keys)
{
    QList<int> gone;
    for (const QString &key : keys) {
        if (const int row = m_rowOfKey.value(key, -1); row >= 0)
            gone << row;
    }
    std::sort(gone.begin(), gone.end());
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    forRunsFromTheEnd(gone, [this](int first, int last) { removeSpan(first, last); });
}

void PodsModel::removeSpan(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        m_rowOfKey.remove(keyOf(m_rows.at(row)));
    m_rows.remove(first, last - first + 1);
    reindexFrom(first);
    endRemoveRows();
}

void PodsModel::reindexFrom(int row)
{
    for (int at = row; at < m_rows.size(); ++at)
        m_rowOfKey.insert(keyOf(m_rows.at(at)), at);
}

} // namespace Fairlead::Ui
