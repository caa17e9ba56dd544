#pragma once

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace Fairlead::Kube {
class ContextStore;
}
namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

class ContextList;
class ContextMarks;
class ContextsModel;
class FileList;
class InlineMessage;
class KubeconfigIntake;

/// All contexts with their problems, their colours and protection; and the kubeconfig files that were added, to add
/// others and to remove them again. What is changed here counts at once.
class ContextsDialog final : public QDialog
{
    Q_OBJECT

public:
    ContextsDialog(Kube::ContextStore &contexts, Store::Settings &settings, QWidget *parent = nullptr);

private:
    void layOut();
    void connectParts();
    void refresh();
    void showCurrent();

    Kube::ContextStore &m_contexts;
    ContextMarks *m_marks;
    KubeconfigIntake *m_intake;
    ContextsModel *m_model;
    ContextList *m_list;
    InlineMessage *m_notice;
    QLabel *m_problem;
    QComboBox *m_color;
    QCheckBox *m_protected;
    FileList *m_files;
};

} // namespace Fairlead::Ui
