#pragma once

#include "core/forward/forwardspec.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QToolButton;

namespace Fairlead::Ui {

/// The command that does the same as what is chosen, to read, select and copy.
class CommandLine final : public QWidget
{
    Q_OBJECT

public:
    explicit CommandLine(QWidget *parent = nullptr);

    void show(const std::optional<Forward::ForwardSpec> &spec);

private:
    using QWidget::show;

    QLineEdit *m_line;
    QToolButton *m_copy;
    QString m_program;
};

/// The one of the two that is installed here; `oc` if both or none are, since it does all that kubectl does.
[[nodiscard]] QString preferredProgram();

} // namespace Fairlead::Ui
