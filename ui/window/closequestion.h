#pragma once

#include "core/store/settings.h"

#include <QDialog>

class QCheckBox;

namespace Fairlead::Ui {

/// Asked before the window closes while forwards run: leave them running, or end the program. A decision is needed, so
/// a dialog is right here.
class CloseQuestion final : public QDialog
{
    Q_OBJECT

public:
    /// How the window could come back, if it went away without ending the program.
    enum class Return { Never, ByTray, ByStart };

    CloseQuestion(int activeForwards, Return way, QWidget *parent);

    /// KeepRunning or Quit, once accepted.
    [[nodiscard]] Store::Settings::Closing choice() const { return m_choice; }
    /// The answer counts next time, too.
    [[nodiscard]] bool isForGood() const;

private:
    void layOut(const QString &title, const QString &text, QWidget *buttons);
    [[nodiscard]] QWidget *makeButtons(bool canStay);

    Store::Settings::Closing m_choice = Store::Settings::Closing::Quit;
    QCheckBox *m_forGood;
};

} // namespace Fairlead::Ui
