#pragma once

#include "core/kube/objects/objects.h"
#include "core/kube/objects/portspec.h"
#include "core/support/result.h"
#include "ui/forwards/freeport.h"

#include <QAbstractTableModel>
#include <QList>

#include <optional>

namespace Fairlead::Ui {

/// The ports of one pod to tick: those that it declares and those that the user typed. A tick is in the first column,
/// the local port can be edited in the last. What UDP alone serves is listed with the reason why it cannot be had.
class PortsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PortColumn, NameColumn, LocalColumn, ColumnCount };

    /// `firstFreeForAll`: local ports below it need administrator rights (ip_unprivileged_port_start).
    explicit PortsModel(quint16 firstFreeForAll, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Asked once for each local port that is offered from now on. Without it every port counts as free.
    void setPortTest(const PortTest &isFree) { m_isFree = isFree; }
    void clear();
    /// The first port that can be forwarded is ticked. The same pod again keeps ticks and what was typed.
    void setPod(const Kube::PodInfo &pod);
    /// Adds `8080`, `local:remote` or a port's name, ticked, or ticks the row that is there already; gives the row.
    /// Else a sentence.
    Result<int, QString> addTyped(const QString &text);

    [[nodiscard]] bool isUsable(int row) const;
    void tickOnly(int row);
    [[nodiscard]] QList<Kube::PortArgument> chosen() const;

signals:
    /// Ticks or local ports are others.
    void chosenChanged();

private:
    struct Row {
        Kube::ContainerPort port;
        bool usable = true;
        bool ticked = false;
        bool typed = false; ///< by the user, not declared by the pod
        std::optional<quint16> local; ///< as typed; 0: any free one
        quint16 offered = 0; ///< unless typed
    };

    [[nodiscard]] QList<Row> declaredRows(const Kube::PodInfo &pod) const;
    [[nodiscard]] int rowOf(quint16 remote) const;
    void keepChoices(QList<Row> &rows) const;
    [[nodiscard]] quint16 offerFor(const Row &row, const QList<Row> &rows) const;
    static void tickFirst(QList<Row> &rows);
    bool setTicked(int row, bool ticked);
    bool setLocal(int row, const QString &text);
    [[nodiscard]] std::optional<quint16> localOf(const Row &row) const;
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] QString toolTip(const Row &row, int column) const;

    quint16 m_firstFreeForAll;
    PortTest m_isFree;
    Kube::PodInfo m_pod;
    QList<Row> m_rows;
};

/// Which local port to offer for `remote` to a user who may not listen below `firstFreeForAll`: the same, or the one
/// that habit gives it there (80: 8080, 443: 8443).
[[nodiscard]] quint16 suggestedLocalPort(quint16 remote, quint16 firstFreeForAll);

/// This machine's limit for this user.
[[nodiscard]] quint16 firstPortFreeForAll();

} // namespace Fairlead::Ui
