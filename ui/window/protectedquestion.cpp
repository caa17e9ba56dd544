#include "ui/window/protectedquestion.h"

#include "ui/icons.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
constexpr int IconSide = 32;
constexpr int TextWidth = 420;
} // namespace

ProtectedQuestion::ProtectedQuestion(const QList<Place> &places, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"protectedQuestion"_s);
    setWindowTitle(tr("Protected context"));
    auto *picture = new QLabel(this);
    picture->setPixmap(icon(u"lock"_s, Tone::Warning).pixmap(QSize(IconSide, IconSide), devicePixelRatioF()));
    //: %1 is the name of a context.
    auto *title = new QLabel(places.size() == 1 ? tr("Start in “%1”?").arg(places.first().context)
                                                : tr("Start in %n protected contexts?", nullptr, int(places.size())),
                             this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    QStringList lines;
    for (const Place &place : places) {
        //: %1 is the name of a context, %2 the address of its server.
        lines << (places.size() == 1 ? tr("Server: %1").arg(place.server)
                                     : tr("%1 at %2").arg(place.context, place.server));
    }
    lines << tr("It is marked as protected, so Fairlead asks once before something is started there.");
    auto *text = new QLabel(lines.join(u'\n'), this);
    text->setObjectName(u"protectedText"_s);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setWordWrap(true);
    text->setMinimumWidth(TextWidth);
    setAccessibleDescription(title->text() + ' '_L1 + text->text());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    start->setObjectName(u"startProtected"_s);
    start->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(10);
    grid->addWidget(picture, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(title, 0, 1);
    grid->addWidget(text, 1, 1);
    grid->addWidget(buttons, 2, 0, 1, 2);
    grid->setColumnStretch(1, 1);
}

} // namespace Fairlead::Ui
