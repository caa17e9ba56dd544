#pragma once

#include "core/kube/objects/objects.h"
#include "ui/picker/nameorder.h"
#include "ui/picker/podquery.h"

#include <QSortFilterProxyModel>

#include <vector>

namespace Fairlead::Ui {

class PodsModel;

/// The pods that match what was typed, best first (then by name), or in the order of a column that the user clicked.
///
/// A change of the query is one pass over all rows and one layoutChanged: the base class would take rows out and put
/// them in stretch by stretch, which with twenty thousand rows takes seconds.
class PodsFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit PodsFilter(PodsModel &pods, QObject *parent = nullptr);

    void setQuery(const PodQuery &query);
    [[nodiscard]] const PodQuery &query() const { return m_query; }
    /// Whether words are looked for in the namespace too: when pods of several are listed.
    void setMatchesNamespaces(bool match);

    /// PodsModel::merge(), and all that it changes put in order at once: the base class would insert a page of a
    /// listing row by row, each time with a pass over all rows.
    void merge(const QList<Fairlead::Kube::PodRow> &rows, const QStringList &removed);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void scoreRows(int first, int last);
    void scoreAll();
    void takeAll();
    void rearrange();
    [[nodiscard]] bool nameLess(int left, int right) const;

    PodsModel &m_pods;
    NameOrder m_order;
    PodQuery m_query;
    bool m_matchesNamespaces = false;
    std::vector<int> m_scores; ///< by source row
};

} // namespace Fairlead::Ui
