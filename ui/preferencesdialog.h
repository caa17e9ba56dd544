#pragma once

#include <QDialog>

class QCheckBox;
class QSpinBox;

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

/// What can be set for good: how forwards hold connections while they have no tunnel, and whether closing asks. Takes
/// effect with OK, and in forwards at their next start, as the dialog says.
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit PreferencesDialog(Store::Settings &settings, QWidget *parent = nullptr);

    void accept() override;

private:
    void layOut();
    void fill(int waitSeconds, int maxWaiting, bool confirmClose);
    void showDefaults();

    Store::Settings &m_settings;
    QSpinBox *m_wait;
    QSpinBox *m_maxWaiting;
    QCheckBox *m_confirmClose;
};

} // namespace Fairlead::Ui
