#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QAbstractTableModel>

namespace Fairlead::Ui {

/// The connections of one forward, newest first: the open ones and the last closed ones. Fed with whole lists, which it
/// merges by id, so that a selection outlives every update.
class ConnectionsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        FromColumn,
        SinceColumn,
        ReceivedColumn,
        SentColumn,
        RateColumn,
        PortsColumn,
        EndColumn,
        ColumnCount
    };
    Q_ENUM(Column)
    enum Role {
        SortRole = Qt::UserRole,
        EndRole, ///< Forward::ConnectionEnd, any column
    };

    explicit ConnectionsModel(QObject *parent = nullptr);

    void setConnections(const QList<Forward::ConnectionSnapshot> &given);
    void clear() { setConnections({}); }
    [[nodiscard]] const Forward::ConnectionSnapshot &at(int row) const { return m_rows.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] static bool isNumeric(int column) { return column >= ReceivedColumn && column <= RateColumn; }

private:
    void change(int row, const Forward::ConnectionSnapshot &connection);
    [[nodiscard]] QString display(const Forward::ConnectionSnapshot &connection, int column) const;

    QList<Forward::ConnectionSnapshot> m_rows;
};

/// How a connection ended, in words; "open" while it has not.
[[nodiscard]] QString endText(const Forward::ConnectionSnapshot &connection);

} // namespace Fairlead::Ui
