#pragma once

#include "core/doctor/check.h"
#include "core/forward/forwardspec.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace Fairlead::Kube {
class ContextStore;
}
namespace Fairlead::Doctor {
class Examination;
}

namespace Fairlead::Ui {

/// "Check connection": the steps of Doctor::Examination as they are done, each with what it found and what to do, for a
/// context and, if one is named, a target. The report can be copied; there is no secret in it.
class CheckDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `spec` is what to begin with; without a context the preferred one is taken. Checks at once.
    CheckDialog(const Kube::ContextStore &contexts, const Forward::ForwardSpec &spec, QWidget *parent = nullptr);
    ~CheckDialog() override;

private:
    void layOut();
    void fillFields(const Forward::ForwardSpec &spec);
    void check();
    void add(const Doctor::Check &check);
    void say(const QString &text);
    void conclude();
    void clearRows();

    const Kube::ContextStore &m_contexts;
    QComboBox *m_context;
    QLineEdit *m_namespace;
    QLineEdit *m_target;
    QLineEdit *m_port;
    QScrollArea *m_area;
    QGridLayout *m_rows = nullptr;
    QLabel *m_state;
    QPushButton *m_again;
    QPushButton *m_copy;
    std::unique_ptr<Doctor::Examination> m_examination;
};

} // namespace Fairlead::Ui
