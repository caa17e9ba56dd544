#pragma once

#include "core/forward/forwardspec.h"

#include <QWidget>

#include <optional>

namespace Fairlead::Ui {

class CopyLine;

/// The command that does the same as what is chosen, to read, select and copy.
class CommandLine final : public QWidget
{
    Q_OBJECT

public:
    explicit CommandLine(QWidget *parent = nullptr);

    void show(const std::optional<Forward::ForwardSpec> &spec);

private:
    using QWidget::show;

    CopyLine *m_line;
    QString m_program;
};

/// The one of the two that is installed here; `oc` if both or none are, since it does all that kubectl does.
[[nodiscard]] QString preferredProgram();

} // namespace Fairlead::Ui
