#pragma once

#include <QTreeView>

class QSortFilterProxyModel;

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

class ConnectionsModel;
class TableColumns;

/// The table of one forward's connections: one line a row, sortable, several can be copied at once.
class ConnectionsView final : public QTreeView
{
    Q_OBJECT

public:
    ConnectionsView(ConnectionsModel &model, Store::Settings &settings, QWidget *parent = nullptr);

    [[nodiscard]] TableColumns &columns() const { return *m_columns; }
    /// The selected rows, as shown, with tabs between the cells.
    [[nodiscard]] QString selectedText() const;

private:
    void setUpColumns();
    void addCopyAction();

    QSortFilterProxyModel *m_sorted;
    TableColumns *m_columns;
};

} // namespace Fairlead::Ui
