#pragma once

#include <QWidget>

class QLabel;

namespace Fairlead::Ui {

class ForwardsModel;

/// The left part of the status bar: how many forwards are in which state, and the rates of all together.
class StatusSummary final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusSummary(QWidget *parent = nullptr);

    void show(const ForwardsModel &forwards);
    [[nodiscard]] QString text() const;

private:
    using QWidget::show;

    QLabel *m_states;
    QLabel *m_down;
    QLabel *m_up;
};

} // namespace Fairlead::Ui
