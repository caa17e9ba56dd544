#include "ui/widgets/messagearea.h"

#include "ui/widgets/inlinemessage.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

MessageArea::MessageArea(QWidget *parent)
    : QWidget(parent)
    , m_box(new QVBoxLayout(this))
{
    m_box->setContentsMargins(10, 8, 10, 8);
    m_box->setSpacing(6);
    hide();
}

void MessageArea::say(const QString &key, const Message &message)
{
    const QString words = message.text + '\n'_L1 + message.detail;
    if (m_dismissed.value(key) == words)
        return;
    m_dismissed.remove(key);
    if (!m_notices.contains(key))
        m_notices.insert(key, create(key));
    Notice &notice = m_notices[key];
    notice.triggered = message.triggered;
    if (std::exchange(notice.words, words) != words)
        notice.widget->say(message.tone, message.text, message.detail, message.action);
    setVisible(true);
}

void MessageArea::withdraw(const QString &key)
{
    m_dismissed.remove(key);
    if (InlineMessage *widget = m_notices.take(key).widget) {
        // One of its own signals may be on the way up the stack.
        widget->hide();
        widget->deleteLater();
        setVisible(!m_notices.isEmpty());
    }
}

MessageArea::Notice MessageArea::create(const QString &key)
{
    auto *widget = new InlineMessage(this);
    widget->setDismissable(true);
    connect(widget, &InlineMessage::actionTriggered, this, [this, key] {
        // A copy: what it does may withdraw the notice.
        if (const auto triggered = m_notices.value(key).triggered)
            triggered();
    });
    connect(widget, &InlineMessage::dismissed, this, [this, key] {
        const QString words = m_notices.value(key).words;
        withdraw(key);
        m_dismissed.insert(key, words);
        emit dismissed(key);
    });
    m_box->addWidget(widget);
    return {widget, {}, {}};
}

} // namespace Fairlead::Ui
