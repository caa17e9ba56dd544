#include "ui/widgets/inlinemessage.h"

#include "ui/icons.h"
#include "ui/widgets/iconlabel.h"

#include <QAccessible>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSymbolSize = 16;
constexpr int kTintAlpha = 26; ///< a breath of the tone, little enough that text on it stays readable
constexpr int kBorderAlpha = 120;
constexpr double kCornerRadius = 4.5;

QString symbolFor(Tone tone)
{
    if (tone == Tone::Bad)
        return u"error"_s;
    if (tone == Tone::Good)
        return u"check"_s;
    return tone == Tone::Warning ? u"warning"_s : u"info"_s;
}

QLabel *selectableLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent)
    , m_symbol(new IconLabel(kSymbolSize, this))
    , m_text(selectableLabel(this))
    , m_detail(selectableLabel(this))
    , m_action(new QPushButton(this))
    , m_cross(new QToolButton(this))
{
    m_cross->setIcon(icon(u"close"_s));
    m_cross->setAutoRaise(true);
    m_cross->setFocusPolicy(Qt::TabFocus);
    m_cross->setToolTip(tr("Dismiss"));
    m_cross->setAccessibleName(tr("Dismiss this message"));
    m_cross->hide();
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_text);
    words->addWidget(m_detail);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 8, 12, 8);
    line->setSpacing(10);
    line->addWidget(m_symbol, 0, Qt::AlignTop);
    line->addLayout(words, 1);
    line->addWidget(m_action, 0, Qt::AlignVCenter);
    line->addWidget(m_cross, 0, Qt::AlignVCenter);
    connect(m_cross, &QToolButton::clicked, this, &InlineMessage::dismissed);
    connect(m_action, &QPushButton::clicked, this, &InlineMessage::actionTriggered);
    hide();
}

void InlineMessage::say(Tone tone, const QString &text, const QString &detail, const QString &action)
{
    const bool isNews = isHidden() || text != m_text->text() || detail != m_detail->text();
    m_tone = tone;
    m_text->setText(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty() && detail != text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    setAccessibleDescription(detail);
    m_symbol->setIcon(symbolFor(tone), tone);
    update();
    show();
    if (isNews) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void InlineMessage::clear()
{
    m_text->clear();
    m_detail->clear();
    hide();
}

void InlineMessage::setDismissable(bool dismissable)
{
    m_cross->setVisible(dismissable);
}

QString InlineMessage::text() const
{
    return m_text->text();
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QColor fill = toneColor(m_tone, palette());
    QColor border = fill;
    fill.setAlpha(kTintAlpha);
    border.setAlpha(kBorderAlpha);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(border);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kCornerRadius, kCornerRadius);
}

} // namespace Fairlead::Ui
