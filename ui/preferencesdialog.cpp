#include "ui/preferencesdialog.h"

#include "core/store/settings.h"

#include <QCheckBox>
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
    , m_confirmClose(new QCheckBox(tr("&Ask before closing while forwards run"), this))
{
    setObjectName(u"preferences"_s);
    setWindowTitle(tr("Preferences"));
    m_wait->setObjectName(u"connectionWait"_s);
    m_maxWaiting->setObjectName(u"maxWaiting"_s);
    m_confirmClose->setObjectName(u"confirmClose"_s);
    setRange(*m_wait, Settings::ConnectionWaitSeconds);
    setRange(*m_maxWaiting, Settings::MaxWaiting);
    //: Behind a number of seconds, with the blank in between.
    m_wait->setSuffix(tr(" s"));
    //: Instead of the number 0: no connection may wait.
    m_maxWaiting->setSpecialValueText(tr("none"));
    layOut();
    fill(m_settings.connectionWaitSeconds(), m_settings.maxWaiting(), m_settings.confirmClose());
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
    grid->addWidget(sectionTitle(tr("Window"), this), row++, 0, 1, 2);
    grid->addWidget(m_confirmClose, row++, 0, 1, 2);
    grid->setRowStretch(row++, 1);
    grid->addWidget(buttons, row, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    explanation->setMinimumWidth(fontMetrics().horizontalAdvance('n'_L1) * kTextColumns);
}

void PreferencesDialog::fill(int waitSeconds, int maxWaiting, bool confirmClose)
{
    m_wait->setValue(waitSeconds);
    m_maxWaiting->setValue(maxWaiting);
    m_confirmClose->setChecked(confirmClose);
}

void PreferencesDialog::showDefaults()
{
    fill(Settings::ConnectionWaitSeconds.standard, Settings::MaxWaiting.standard, true);
}

void PreferencesDialog::accept()
{
    m_settings.setWaiting(m_wait->value(), m_maxWaiting->value());
    m_settings.setConfirmClose(m_confirmClose->isChecked());
    QDialog::accept();
}

} // namespace Fairlead::Ui
