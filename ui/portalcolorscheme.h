#pragma once

#include <QObject>
#include <QString>

class QDBusVariant;

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
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask();
    void take(const QVariant &value);

    Preference m_preference = Preference::None;
};

} // namespace Fairlead::Ui
