#pragma once

#include <QPushButton>

namespace Fairlead::Ui {

/// The one button of a window that does what the window is for: filled with the accent colour where the style lets
/// a palette say so.
class PrimaryButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit PrimaryButton(const QString &text = {}, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void takeColors();
};

} // namespace Fairlead::Ui
