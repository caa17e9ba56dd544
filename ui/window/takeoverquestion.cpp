#include "ui/window/takeoverquestion.h"

#include "ui/icons.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int IconSide = 32;
constexpr int TextColumns = 60; ///< in the width of an "n"

/// Today's needs no date.
QString startText(const TakeOverQuestion::Facts &facts)
{
    const QDateTime since = facts.since.toLocalTime();
    if (since.date() == QDate::currentDate())
        //: %1 is a time of today, %2 the number of a process
        return TakeOverQuestion::tr("It was started at %1 (process %2).")
            .arg(QLocale().toString(since.time(), QLocale::ShortFormat), QString::number(facts.pid));
    //: %1 is a date and a time, %2 the number of a process
    return TakeOverQuestion::tr("It was started on %1 (process %2).")
        .arg(QLocale().toString(since, QLocale::ShortFormat), QString::number(facts.pid));
}

QString stateText(const TakeOverQuestion::Facts &facts)
{
    if (facts.forwards == 0)
        return TakeOverQuestion::tr("It has no forwards.");
    return TakeOverQuestion::tr("%n forward(s) run.", nullptr, facts.running) + u' '
        + (facts.connections == 0 ? TakeOverQuestion::tr("No connection is open.")
                                  : TakeOverQuestion::tr("%n connection(s) are open.", nullptr, facts.connections));
}

QString textOf(const TakeOverQuestion::Facts &facts)
{
    QStringList lines{startText(facts) + u'\n' + stateText(facts)};
    if (facts.forwards > 0)
        lines << TakeOverQuestion::tr("Its forwards can move into this window and run here on the same local ports. "
                                      "Open connections are cut, and the ports are closed for a moment.");
    else
        lines << TakeOverQuestion::tr("It ends when this window opens.");
    if (!facts.missing.isEmpty())
        lines << TakeOverQuestion::tr("Forwards in these contexts could not run here, since the kubeconfig of this "
                                      "window does not have them: %1.")
                     .arg(facts.missing.join(u", "_s));
    return lines.join(u"\n\n"_s);
}

} // namespace

TakeOverQuestion::TakeOverQuestion(const Facts &facts, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"takeOverQuestion"_s);
    setWindowTitle(tr("Open Fairlead"));
    layOut(textOf(facts), makeButtons(facts));
}

QDialogButtonBox *TakeOverQuestion::makeButtons(const Facts &facts)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    const auto add = [this, buttons](const QString &text, const QString &name, Choice choice) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, choice] {
            m_choice = choice;
            accept();
        });
        return button;
    };
    QPushButton *move =
        add(facts.forwards > 0 ? tr("&Move them here") : tr("&Open the window"), u"moveHere"_s, Choice::Move);
    if (!facts.profile.isEmpty())
        //: %1 is the name of a profile
        add(tr("&Start “%1” there").arg(QString(facts.profile).replace(u'&', u"&&"_s)), u"startThere"_s,
            Choice::StartThere);
    // What would stop for good is nothing to press Return for, nor what somebody else has asked for.
    const bool harmless = facts.missing.isEmpty() && !facts.byLink;
    QPushButton *usual = harmless ? move : buttons->button(QDialogButtonBox::Cancel);
    usual->setDefault(true);
    usual->setFocus();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void TakeOverQuestion::layOut(const QString &text, QWidget *buttons)
{
    auto *picture = new QLabel(this);
    picture->setPixmap(applicationIcon().pixmap(QSize(IconSide, IconSide), devicePixelRatioF()));
    auto *heading = new QLabel(tr("Fairlead runs without a window"), this);
    QFont bold = heading->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    auto *words = new QLabel(text, this);
    words->setObjectName(u"takeOverText"_s);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setMinimumWidth(fontMetrics().horizontalAdvance('n'_L1) * TextColumns);
    setAccessibleDescription(heading->text() + u". "_s + text);
    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(10);
    grid->addWidget(picture, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(heading, 0, 1);
    grid->addWidget(words, 1, 1);
    grid->addWidget(buttons, 2, 0, 1, 2);
    grid->setColumnStretch(1, 1);
}

} // namespace Fairlead::Ui
