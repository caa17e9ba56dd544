#pragma once

#include "ui/picker/podquery.h"

#include <QSortFilterProxyModel>

namespace Fairlead::Ui {

class ServicesModel;

/// The services that match what was typed, best first, then by namespace and name. There are a few hundred of them, not
/// tens of thousands as of pods, so scores are worked out when they are asked for.
class ServicesFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ServicesFilter(ServicesModel &services, QObject *parent = nullptr);

    void setQuery(const PodQuery &query);
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    [[nodiscard]] int score(int sourceRow) const;

    ServicesModel &m_services;
    PodQuery m_query;
};

} // namespace Fairlead::Ui
