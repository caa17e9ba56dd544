#include "ui/preferencesdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Store::Settings;

namespace {

constexpr int kGap = 10;
constexpr int kSectionGap = 14;
constexpr int kTextColumns = 62; ///< of the widest lines, in the width of an "n"

QLabel *sectionTitle(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    return label;
}

QLabel *note(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

void setRange(QSpinBox &box, const Settings::Range &range)
{
    box.setRange(range.least, range.most);
    box.setAccelerated(true);
}

} // namespace

PreferencesDialog::PreferencesDialog(Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_wait(new QSpinBox(this))
    , m_maxWaiting(new QSpinBox(this))
    , m_closing(new QComboBox(this))
    , m_restore(new QComboBox(this))
{
    setObjectName(u"preferences"_s);
    setWindowTitle(tr("Preferences"));
    m_wait->setObjectName(u"connectionWait"_s);
    m_maxWaiting->setObjectName(u"maxWaiting"_s);
    m_closing->setObjectName(u"closing"_s);
    m_restore->setObjectName(u"restoreSession"_s);
    setRange(*m_wait, Settings::ConnectionWaitSeconds);
    setRange(*m_maxWaiting, Settings::MaxWaiting);
    //: Behind a number of seconds, with the blank in between.
    m_wait->setSuffix(tr(" s"));
    //: Instead of the number 0: no connection may wait.
    m_maxWaiting->setSpecialValueText(tr("none"));
    fillChoices();
    layOut();
    fill({m_settings.connectionWaitSeconds(), m_settings.maxWaiting(), m_settings.closing(),
          m_settings.restoreSession()});
    m_wait->setFocus();
    m_wait->selectAll();
}

void PreferencesDialog::layOut()
{
    auto *waitLabel = new QLabel(tr("A new connection &waits for a tunnel at most:"), this);
    waitLabel->setBuddy(m_wait);
    auto *numberLabel = new QLabel(tr("At most this &many connections of a forward wait:"), this);
    numberLabel->setBuddy(m_maxWaiting);
    auto *explanation = note(tr("While a forward has no tunnel to its pod, its local port stays open and whoever "
                                "connects is held. Forwards take a change at their next start."),
                             this);
    m_wait->setAccessibleDescription(explanation->text());

    auto *buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &PreferencesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            &PreferencesDialog::showDefaults);

    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(kGap);
    int row = 0;
    grid->addWidget(sectionTitle(tr("Connections without a tunnel"), this), row++, 0, 1, 2);
    grid->addWidget(waitLabel, row, 0);
    grid->addWidget(m_wait, row++, 1);
    grid->addWidget(numberLabel, row, 0);
    grid->addWidget(m_maxWaiting, row++, 1);
    grid->addWidget(explanation, row++, 0, 1, 2);
    grid->setRowMinimumHeight(row++, kSectionGap);
    addWindowSection(*grid);
    row = grid->rowCount();
    grid->setRowStretch(row++, 1);
    grid->addWidget(buttons, row, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    explanation->setMinimumWidth(fontMetrics().horizontalAdvance('n'_L1) * kTextColumns);
}

void PreferencesDialog::fillChoices()
{
    using Closing = Settings::Closing;
    m_closing->addItem(tr("Ask"), int(Closing::Ask));
    m_closing->addItem(tr("Keep them running"), int(Closing::KeepRunning));
    m_closing->addItem(tr("Stop them and quit"), int(Closing::Quit));
    m_restore->addItem(tr("Do not come back"), int(Store::Restore::Nothing));
    m_restore->addItem(tr("Come back stopped, and can be started at once"), int(Store::Restore::Ask));
    m_restore->addItem(tr("Come back, and run if they ran"), int(Store::Restore::AsTheyWere));
}

void PreferencesDialog::addWindowSection(QGridLayout &grid)
{
    grid.addWidget(sectionTitle(tr("Window"), this), grid.rowCount(), 0, 1, 2);
    const auto add = [this, &grid](const QString &text, QComboBox *field) {
        auto *label = new QLabel(text, this);
        label->setBuddy(field);
        const int row = grid.rowCount();
        grid.addWidget(label, row, 0);
        grid.addWidget(field, row, 1);
    };
    add(tr("&Closing it while forwards run:"), m_closing);
    add(tr("At the next start its &forwards:"), m_restore);
}

void PreferencesDialog::fill(const Values &values)
{
    m_wait->setValue(values.waitSeconds);
    m_maxWaiting->setValue(values.maxWaiting);
    m_closing->setCurrentIndex(m_closing->findData(int(values.closing)));
    m_restore->setCurrentIndex(m_restore->findData(int(values.restore)));
}

void PreferencesDialog::showDefaults()
{
    fill({Settings::ConnectionWaitSeconds.standard, Settings::MaxWaiting.standard, Settings::Closing::Ask,
          Store::Restore::Ask});
}

void PreferencesDialog::accept()
{
    m_settings.setWaiting(m_wait->value(), m_maxWaiting->value());
    m_settings.setClosing(Settings::Closing(m_closing->currentData().toInt()));
    m_settings.setRestoreSession(Store::Restore(m_restore->currentData().toInt()));
    QDialog::accept();
}

} // namespace Fairlead::Ui
