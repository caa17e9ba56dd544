#include "ui/picker/servicesmodel.h"

#include "ui/picker/itemroles.h"
#include "ui/theme.h"

#include <QCoreApplication>

#include <tuple>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

QString portsText(const Kube::ServiceInfo &service)
{
    QStringList ports;
    for (const Kube::ServicePort &port : service.ports)
        ports << portText(port);
    return ports.join(u", "_s);
}

QString podsText(const Kube::ServiceInfo &service)
{
    if (!service.externalName.isEmpty())
        return QCoreApplication::translate("ServicesModel", "outside: %1", "a host name").arg(service.externalName);
    if (service.selector.isEmpty())
        return QCoreApplication::translate("ServicesModel", "no selector");
    QString labels = service.selector;
    return labels.replace(u',', u", "_s);
}

auto keyOf(const Kube::ServiceInfo &service)
{
    return std::tie(service.namespaceName, service.name);
}

} // namespace

QString problemOf(const Kube::ServiceInfo &service)
{
    if (!service.externalName.isEmpty())
        return QCoreApplication::translate(
                   "ServicesModel", "This service leads out of the cluster, to %1: there are no pods to forward to.",
                   "a host name")
            .arg(service.externalName);
    if (service.selector.isEmpty())
        return QCoreApplication::translate("ServicesModel",
                                           "This service has no selector: which pods are behind it is not known.");
    return {};
}

QString portText(const Kube::ServicePort &port)
{
    const QString number = QString::number(port.port);
    QString text = port.name.isEmpty() ? number : port.name + u' ' + number;
    if (!port.targetPort.isEmpty() && port.targetPort != number)
        text += u" → "_s + port.targetPort;
    return port.protocol == "TCP"_L1 ? text : text + u'/' + port.protocol;
}

int ServicesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_services.size());
}

int ServicesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ServicesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Kube::ServiceInfo &service = m_services.at(index.row());
    if (role == ToneRole)
        return index.column() == ServiceColumn && problemOf(service).isEmpty() ? QVariant() : int(Tone::Muted);
    if (role == Qt::ToolTipRole && !problemOf(service).isEmpty())
        return problemOf(service);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case ServiceColumn:
        return service.name;
    case NamespaceColumn:
        return service.namespaceName;
    case PortsColumn:
        return portsText(service);
    case PodsColumn:
        return podsText(service);
    default:
        return {};
    }
}

QVariant ServicesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ServiceColumn:
        return tr("Service");
    case NamespaceColumn:
        return tr("Namespace");
    case PortsColumn:
        return tr("Ports");
    case PodsColumn:
        return tr("Pods with");
    default:
        return {};
    }
}

void ServicesModel::setServices(const QList<Kube::ServiceInfo> &services)
{
    // Both lists have the same order, so one pass tells what went, came and changed.
    int row = 0;
    for (const Kube::ServiceInfo &service : services) {
        while (row < m_services.size() && keyOf(m_services.at(row)) < keyOf(service)) {
            beginRemoveRows({}, row, row);
            m_services.removeAt(row);
            endRemoveRows();
        }
        if (row == m_services.size() || keyOf(service) < keyOf(m_services.at(row))) {
            beginInsertRows({}, row, row);
            m_services.insert(row, service);
            endInsertRows();
        } else if (m_services.at(row) != service) {
            m_services[row] = service;
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        ++row;
    }
    if (row < m_services.size()) {
        beginRemoveRows({}, row, int(m_services.size()) - 1);
        m_services.remove(row, m_services.size() - row);
        endRemoveRows();
    }
}

} // namespace Fairlead::Ui
