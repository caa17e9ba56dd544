#include "ui/window/closequestion.h"

#include "ui/icons.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Closing = Store::Settings::Closing;

namespace {

constexpr int IconSide = 32;
constexpr int TextColumns = 56; ///< in the width of an "n"

QString textFor(CloseQuestion::Return way)
{
    switch (way) {
    case CloseQuestion::Return::ByTray:
        return CloseQuestion::tr("They can go on without the window. The icon in the system tray brings it back. "
                                 "Quitting ends their connections and frees the local ports.");
    case CloseQuestion::Return::ByStart:
        return CloseQuestion::tr("They can go on without the window. Starting Fairlead again brings it back. "
                                 "Quitting ends their connections and frees the local ports.");
    case CloseQuestion::Return::Never:
        break;
    }
    return CloseQuestion::tr("Closing the window ends their connections and frees the local ports.");
}

} // namespace

CloseQuestion::CloseQuestion(int activeForwards, Return way, QWidget *parent)
    : QDialog(parent)
    , m_forGood(new QCheckBox(tr("Do not ask &again"), this))
{
    setObjectName(u"closeQuestion"_s);
    setWindowTitle(tr("Close Fairlead"));
    const bool canStay = way != Return::Never;
    layOut(canStay ? tr("%n forward(s) are running", nullptr, activeForwards)
                   : tr("%n forward(s) will stop", nullptr, activeForwards),
           textFor(way), makeButtons(canStay));
}

QWidget *CloseQuestion::makeButtons(bool canStay)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    const auto add = [this, buttons](const QString &text, const QString &name, Closing choice) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, choice] {
            m_choice = choice;
            accept();
        });
        return button;
    };
    QPushButton *stay = canStay ? add(tr("&Keep running"), u"keepRunning"_s, Closing::KeepRunning) : nullptr;
    add(canStay ? tr("&Quit") : tr("&Stop and close"), u"quitAll"_s, Closing::Quit);
    QPushButton *harmless = stay ? stay : buttons->button(QDialogButtonBox::Cancel);
    harmless->setDefault(true);
    harmless->setFocus();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void CloseQuestion::layOut(const QString &title, const QString &text, QWidget *buttons)
{
    auto *picture = new QLabel(this);
    picture->setPixmap(icon(u"warning"_s, Tone::Warning).pixmap(QSize(IconSide, IconSide), devicePixelRatioF()));
    auto *heading = new QLabel(title, this);
    QFont bold = heading->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    auto *words = new QLabel(text, this);
    words->setWordWrap(true);
    words->setMinimumWidth(fontMetrics().horizontalAdvance('n'_L1) * TextColumns);
    setAccessibleDescription(title + ' '_L1 + text);
    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(10);
    grid->addWidget(picture, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(heading, 0, 1);
    grid->addWidget(words, 1, 1);
    grid->addWidget(m_forGood, 2, 1);
    grid->addWidget(buttons, 3, 0, 1, 2);
    grid->setColumnStretch(1, 1);
}

bool CloseQuestion::isForGood() const
{
    return m_forGood->isChecked();
}

} // namespace Fairlead::Ui
