#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace Fairlead::Ui {

/// A shell command on a line of its own, to read, select and copy.
class CopyLine final : public QWidget
{
    Q_OBJECT

public:
    /// `what` says to assistive tools and in a tool tip what the command is for.
    explicit CopyLine(const QString &what, QWidget *parent = nullptr);

    /// Empty: nothing to copy.
    void setText(const QString &command);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QLineEdit &line() const { return *m_line; }

private:
    QLineEdit *m_line;
    QToolButton *m_copy;
};

} // namespace Fairlead::Ui
