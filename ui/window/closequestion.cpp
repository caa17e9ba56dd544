#include "ui/window/closequestion.h"

#include "ui/icons.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
constexpr int IconSide = 32;
}

CloseQuestion::CloseQuestion(int activeForwards, QWidget *parent)
    : QDialog(parent)
    , m_doNotAsk(new QCheckBox(tr("Do not ask again"), this))
{
    setWindowTitle(tr("Close Fairlead"));
    auto *picture = new QLabel(this);
    picture->setPixmap(icon(u"warning"_s, Tone::Warning).pixmap(QSize(IconSide, IconSide), devicePixelRatioF()));
    auto *title = new QLabel(tr("%n forward(s) will stop", nullptr, activeForwards), this);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    auto *text = new QLabel(tr("Closing the window ends their connections and frees the local ports."), this);
    text->setWordWrap(true);
    setAccessibleDescription(title->text() + ' '_L1 + text->text());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *close = buttons->addButton(tr("Stop and close"), QDialogButtonBox::AcceptRole);
    close->setAccessibleName(close->text());
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(14);
    grid->addWidget(picture, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(title, 0, 1);
    grid->addWidget(text, 1, 1);
    grid->addWidget(m_doNotAsk, 2, 1);
    grid->addWidget(buttons, 3, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setVerticalSpacing(10);
}

bool CloseQuestion::doNotAskAgain() const
{
    return m_doNotAsk->isChecked();
}

} // namespace Fairlead::Ui
