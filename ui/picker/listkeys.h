#pragma once

#include <QObject>

class QKeyEvent;
class QLineEdit;
class QTreeView;

namespace Fairlead::Ui {

/// The keys of a list with a filter field above it: the focus stays in the field, arrow keys move in the list, Enter
/// takes what is selected.
class ListKeys final : public QObject
{
    Q_OBJECT

public:
    /// `list` owns this.
    ListKeys(QLineEdit &filter, QTreeView &list);

signals:
    /// The user moves the selection.
    void moved();
    /// Enter.
    void forwardWanted();
    /// Ctrl+Enter.
    void optionsWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handle(QObject *watched, const QKeyEvent &key);

    QLineEdit &m_filter;
    QTreeView &m_list;
};

} // namespace Fairlead::Ui
