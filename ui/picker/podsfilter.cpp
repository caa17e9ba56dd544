#include "ui/picker/podsfilter.h"

#include "ui/picker/itemroles.h"
#include "ui/picker/podsmodel.h"

#include <utility>

namespace Fairlead::Ui {

namespace {

/// So many rows at once are sorted with the rest in one go; fewer are put each to its place.
constexpr qsizetype kManyRows = 64;

/// "17 (41m ago)" is seventeen restarts.
int restartCount(const QString &restarts)
{
    int count = 0;
    for (const QChar c : restarts) {
        if (!c.isDigit())
            break;
        count = count * 10 + c.digitValue();
    }
    return count;
}

} // namespace

PodsFilter::PodsFilter(PodsModel &pods, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_pods(pods)
    , m_order([this](int left, int right) { return nameLess(left, right); })
{
    // Connected before the base class connects its own: it asks for scores and ranks from within those signals. A
    // change of a pod changes neither: its name and namespace are what it is known by.
    connect(&pods, &PodsModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        m_order.insert(first, last);
        m_scores.insert(m_scores.begin() + first, size_t(last - first + 1), 0);
        scoreRows(first, last);
    });
    connect(&pods, &PodsModel::modelReset, this, &PodsFilter::takeAll);
    connect(&pods, &PodsModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
        m_order.remove(first, last);
        m_scores.erase(m_scores.begin() + first, m_scores.begin() + last + 1);
    });
    takeAll();
    setSourceModel(&pods);
    setDynamicSortFilter(true);
    sort(PodsModel::PodColumn);
}

void PodsFilter::setQuery(const PodQuery &query)
{
    m_query = query;
    rearrange();
}

void PodsFilter::setMatchesNamespaces(bool match)
{
    if (std::exchange(m_matchesNamespaces, match) != match)
        rearrange();
}

void PodsFilter::rearrange()
{
    scoreAll();
    invalidate();
}

void PodsFilter::merge(const QList<Kube::PodRow> &rows, const QStringList &removed)
{
    const bool many = rows.size() > kManyRows;
    if (many)
        setDynamicSortFilter(false);
    m_pods.merge(rows, removed);
    if (many)
        setDynamicSortFilter(true); // sorts
}

void PodsFilter::takeAll()
{
    m_order.reset(m_pods.rowCount());
    scoreAll();
}

void PodsFilter::scoreAll()
{
    m_scores.resize(size_t(m_pods.rowCount()));
    scoreRows(0, m_pods.rowCount() - 1);
}

void PodsFilter::scoreRows(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const Kube::PodRow &pod = m_pods.pod(row);
        m_scores[size_t(row)] =
            m_matchesNamespaces ? m_query.score(pod.name, pod.namespaceName) : m_query.score(pod.name);
    }
}

QVariant PodsFilter::data(const QModelIndex &index, int role) const
{
    if (role == MatchRole && index.isValid() && index.column() == PodsModel::PodColumn) {
        const int row = mapToSource(index).row();
        return QVariant::fromValue(m_query.lettersIn(m_pods.pod(row).name));
    }
    return QSortFilterProxyModel::data(index, role);
}

void PodsFilter::sort(int column, Qt::SortOrder order)
{
    // A third click on a header takes the order away; that is "best first" here.
    QSortFilterProxyModel::sort(column < 0 ? int(PodsModel::PodColumn) : column, order);
}

bool PodsFilter::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    return m_scores[size_t(sourceRow)] >= 0;
}

bool PodsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const int a = left.row();
    const int b = right.row();
    const Kube::PodRow &one = m_pods.pod(a);
    const Kube::PodRow &other = m_pods.pod(b);
    switch (left.column()) {
    case PodsModel::PodColumn:
        if (m_scores[size_t(a)] != m_scores[size_t(b)])
            return m_scores[size_t(a)] > m_scores[size_t(b)];
        break;
    case PodsModel::NamespaceColumn:
        break;
    case PodsModel::RestartsColumn:
        if (const int x = restartCount(one.restarts), y = restartCount(other.restarts); x != y)
            return x < y;
        break;
    case PodsModel::AgeColumn:
        if (one.created != other.created)
            return one.created > other.created; // the youngest has the smallest age
        break;
    default: {
        const QString x = left.data().toString();
        const QString y = right.data().toString();
        if (x != y)
            return x < y;
    }
    }
    return m_order.rank(a) < m_order.rank(b);
}

bool PodsFilter::nameLess(int left, int right) const
{
    const Kube::PodRow &one = m_pods.pod(left);
    const Kube::PodRow &other = m_pods.pod(right);
    if (const int order = QString::compare(one.namespaceName, other.namespaceName); order != 0)
        return order < 0;
    return one.name < other.name;
}

} // namespace Fairlead::Ui
