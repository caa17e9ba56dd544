#pragma once

#include <QWidget>

class QListWidget;
class QPushButton;

namespace Fairlead::Ui {

class KubeconfigDesk;

/// The kubeconfig files that were added, with a button that removes the selected one. Removing a pasted one deletes its
/// text, so that is asked first.
class FileList final : public QWidget
{
    Q_OBJECT

public:
    explicit FileList(KubeconfigDesk &desk, QWidget *parent = nullptr);

    void refresh();

private:
    void removeCurrent();
    void updateButton();

    KubeconfigDesk &m_desk;
    QListWidget *m_list;
    QPushButton *m_remove;
};

} // namespace Fairlead::Ui
