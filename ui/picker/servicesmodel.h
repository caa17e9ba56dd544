#pragma once

#include "core/kube/objects/service.h"

#include <QAbstractTableModel>

namespace Fairlead::Ui {

/// The services of a namespace or of all: their ports and which pods are behind them. Sorted as they come.
class ServicesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ServiceColumn, NamespaceColumn, PortsColumn, PodsColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] const Kube::ServiceInfo &service(int row) const { return m_services.at(row); }
    /// All of them, in order of namespace and name. Rows that stay keep their indexes.
    void setServices(const QList<Kube::ServiceInfo> &services);

private:
    QList<Kube::ServiceInfo> m_services;
};

/// Why a service cannot be forwarded, in a sentence; empty if it can be.
[[nodiscard]] QString problemOf(const Kube::ServiceInfo &service);

/// "http 80 → 8080"; "→" and what follows only if it is another number or a name.
[[nodiscard]] QString portText(const Kube::ServicePort &port);

} // namespace Fairlead::Ui
