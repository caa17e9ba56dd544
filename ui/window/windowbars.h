#pragma once

#include <QObject>

class QLineEdit;
class QMainWindow;
class QMenu;
class QMenuBar;

namespace Fairlead::Ui {

class Actions;
class ForwardsView;

/// Menu bar and tool bar of the window, made of its actions, and the filter field at the tool bar's end.
class WindowBars final : public QObject
{
    Q_OBJECT

public:
    WindowBars(QMainWindow &window, const Actions &actions, ForwardsView &table);

    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    void insertBeforeView(QMenu &menu);

signals:
    /// Escape or Return in the filter: back to the table.
    void filterLeft();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildMenus(QMainWindow &window, const Actions &actions, ForwardsView &table);
    static void buildFileAndEdit(QMenuBar &bar, const Actions &actions);
    void buildToolBar(QMainWindow &window, const Actions &actions);

    QLineEdit *m_filter;
    QMainWindow &m_window;
    QMenu *m_view = nullptr;
};

} // namespace Fairlead::Ui
