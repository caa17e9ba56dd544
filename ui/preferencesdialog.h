#pragma once

#include "core/store/settings.h"

#include <QDialog>

class QComboBox;
class QGridLayout;
class QSpinBox;

namespace Fairlead::Ui {

/// What can be set for good: how forwards hold connections while they have no tunnel, what closing the window means,
/// and what comes back at the next start. Takes effect with OK, and in forwards at their next start, as the dialog
/// says.
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit PreferencesDialog(Store::Settings &settings, QWidget *parent = nullptr);

    void accept() override;

private:
    /// All that the fields can say.
    struct Values {
        int waitSeconds;
        int maxWaiting;
        Store::Settings::Closing closing;
        Store::Restore restore;
    };

    void fillChoices();
    void layOut();
    void addWindowSection(QGridLayout &grid);
    void fill(const Values &values);
    void showDefaults();

    Store::Settings &m_settings;
    QSpinBox *m_wait;
    QSpinBox *m_maxWaiting;
    QComboBox *m_closing;
    QComboBox *m_restore;
};

} // namespace Fairlead::Ui
