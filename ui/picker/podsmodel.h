#pragma once

#include "core/kube/objects/objects.h"
#include "ui/theme.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>

namespace Fairlead {
class Clock;
}

namespace Fairlead::Ui {

/// The pods of a listing, in the order they came. What arrives is merged with exact row signals, so that a selection
/// survives; order and filter are PodsFilter's. Ages are computed when they are painted.
class PodsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PodColumn, NamespaceColumn, ReadyColumn, StatusColumn, RestartsColumn, AgeColumn, ColumnCount };

    explicit PodsModel(QObject *parent = nullptr);
    /// A test hands in a clock of its own.
    PodsModel(const Clock &clock, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] const Kube::PodRow &pod(int row) const { return m_rows.at(row); }
    /// -1 if there is none.
    [[nodiscard]] int rowOf(const QString &namespaceName, const QString &name) const;

public slots:
    void clear();
    /// As Kube::ClusterBrowser::podsChanged() tells: rows new or changed, and "namespace/name" of rows that are gone.
    void merge(const QList<Fairlead::Kube::PodRow> &rows, const QStringList &removed);

private:
    void removeKeys(const QStringList &keys);
    void removeSpan(int first, int last);
    void reindexFrom(int row);
    [[nodiscard]] QString text(const Kube::PodRow &pod, int column) const;

    const Clock &m_clock;
    QList<Kube::PodRow> m_rows;
    QHash<QString, int> m_rowOfKey;
};

/// How a STATUS word of kubectl is to be taken.
[[nodiscard]] Tone toneOfPodStatus(const QString &status, const QString &ready);

} // namespace Fairlead::Ui
