#include "ui/picker/servicesfilter.h"

#include "ui/picker/itemroles.h"
#include "ui/picker/servicesmodel.h"

namespace Fairlead::Ui {

ServicesFilter::ServicesFilter(ServicesModel &services, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_services(services)
{
    setSourceModel(&services);
    sort(ServicesModel::ServiceColumn);
}

void ServicesFilter::setQuery(const PodQuery &query)
{
    m_query = query;
    invalidate();
}

QVariant ServicesFilter::data(const QModelIndex &index, int role) const
{
    if (role == MatchRole && index.isValid() && index.column() == ServicesModel::ServiceColumn)
        return QVariant::fromValue(m_query.lettersIn(m_services.service(mapToSource(index).row()).name));
    return QSortFilterProxyModel::data(index, role);
}

int ServicesFilter::score(int sourceRow) const
{
    const Kube::ServiceInfo &service = m_services.service(sourceRow);
    return m_query.score(service.name, service.namespaceName);
}

bool ServicesFilter::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    return score(sourceRow) >= 0;
}

bool ServicesFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const int one = score(left.row());
    const int other = score(right.row());
    return one != other ? one > other : left.row() < right.row();
}

} // namespace Fairlead::Ui
