#pragma once

#include "ui/theme.h"

#include <QMap>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace Fairlead::Ui {

class InlineMessage;

/// The notices above the table, one a cause. What the user dismissed stays away until its words change or its cause
/// has been gone.
class MessageArea final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageArea(QWidget *parent = nullptr);

    struct Message {
        Tone tone = Tone::Warning; ///< Accent, Warning or Bad
        QString text;
        QString detail; ///< a second line; may be empty
        QString action; ///< the button's text; empty: no button
        std::function<void()> triggered;
    };
    /// Shows or changes the notice with this key. A new one reads aloud.
    void say(const QString &key, const Message &message);
    void withdraw(const QString &key);

    [[nodiscard]] QStringList keys() const { return m_notices.keys(); }
    /// Null for a key that is not shown.
    [[nodiscard]] InlineMessage *notice(const QString &key) const { return m_notices.value(key).widget; }

signals:
    /// The user took it away.
    void dismissed(const QString &key);

private:
    struct Notice {
        InlineMessage *widget = nullptr;
        QString words;
        std::function<void()> triggered;
    };

    Notice create(const QString &key);

    QVBoxLayout *m_box;
    QMap<QString, Notice> m_notices;
    QMap<QString, QString> m_dismissed; ///< key -> the words that were dismissed
};

} // namespace Fairlead::Ui
