#pragma once

#include <QDialog>

class QCheckBox;

namespace Fairlead::Ui {

/// Asked once before the window closes while forwards run. A decision is needed, so a dialog is right here.
class CloseQuestion final : public QDialog
{
    Q_OBJECT

public:
    CloseQuestion(int activeForwards, QWidget *parent);

    [[nodiscard]] bool doNotAskAgain() const;

private:
    QCheckBox *m_doNotAsk;
};

} // namespace Fairlead::Ui
