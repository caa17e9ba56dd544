#pragma once

#include <QDBusMessage>
#include <QObject>
#include <QVariant>

namespace Fairlead::Ui {

/// Asks the desktop for its colour scheme over the xdg settings portal and follows it: interface
/// org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key color-scheme
/// (0 no preference, 1 prefer dark, 2 prefer light; https://flatpak.github.io/xdg-desktop-portal).
/// Asynchronous; silent where there is no session bus or no portal.
class PortalColorScheme final : public QObject
{
    Q_OBJECT

public:
    enum class Preference { None, Dark, Light };

    explicit PortalColorScheme(QObject *parent = nullptr);

    [[nodiscard]] Preference preference() const { return m_preference; }

signals:
    void changed();

private slots:
    // The whole message: QtDBus refuses to connect a slot with a QDBusVariant before the first message was sent.
    void onSettingChanged(const QDBusMessage &message);

private:
    void ask();
    void take(const QVariant &value);

    Preference m_preference = Preference::None;
};

} // namespace Fairlead::Ui
