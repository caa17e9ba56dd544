#include "ui/widgets/placeholder.h"

#include "ui/widgets/iconlabel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPictureSize = 64;
constexpr int kTextWidth = 340; ///< about sixty letters: longer lines are hard to follow
constexpr double kTitleScale = 1.2;

QLabel *centred(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setMaximumWidth(kTextWidth);
    return label;
}

} // namespace

Placeholder::Placeholder(QWidget *parent)
    : QWidget(parent)
    , m_picture(new IconLabel(kPictureSize, this))
    , m_title(centred(this))
    , m_text(centred(this))
    , m_link(centred(this))
    , m_action(new QPushButton(this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * kTitleScale);
    large.setBold(true);
    m_title->setFont(large);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_link->setTextFormat(Qt::RichText);
    m_link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_link->hide();

    auto *lines = new QVBoxLayout(this);
    lines->addStretch(1);
    lines->addWidget(m_picture);
    lines->addSpacing(8);
    for (QLabel *label : {m_title, m_text, m_link}) {
        auto *line = new QHBoxLayout;
        line->addStretch();
        line->addWidget(label, 1);
        line->addStretch();
        lines->addLayout(line);
    }
    lines->addSpacing(8);
    lines->addWidget(m_action, 0, Qt::AlignHCenter);
    lines->addStretch(1);
    connect(m_action, &QPushButton::clicked, this, &Placeholder::actionTriggered);
    connect(m_link, &QLabel::linkActivated, this, &Placeholder::linkActivated);
}

void Placeholder::setContent(const QString &picture, const QString &title, const QString &text, const QString &action)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_picture->setIcon(picture, Tone::Muted, true);
}

void Placeholder::setLink(const QUrl &link)
{
    const QString address = link.toString();
    m_link->setText(u"<a href=\"%1\">%1</a>"_s.arg(address.toHtmlEscaped()));
    m_link->setAccessibleName(address);
    m_link->setVisible(!link.isEmpty());
}

QString Placeholder::title() const
{
    return m_title->text();
}

} // namespace Fairlead::Ui
