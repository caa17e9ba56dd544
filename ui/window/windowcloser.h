#pragma once

#include <QObject>
#include <QPointer>

class QSystemTrayIcon;
class QWidget;

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

class CloseQuestion;

/// What closing the window means while forwards run: asked once, then as the user has said. The window may go away and
/// leave them running only where it can come back: by an icon in the system tray, or by starting the program again.
class WindowCloser final : public QObject
{
    Q_OBJECT

public:
    WindowCloser(QWidget &window, Store::Settings &settings);

    /// Another start of the program calls present(). Without that and without a tray, closing means quitting.
    void setComesBack(bool comesBack) { m_comesBack = comesBack; }
    /// For the window's closeEvent(): whether it may close, which ends the program. If not, the user has been asked or
    /// the window has gone away. `active`: forwards that would be stopped.
    [[nodiscard]] bool mayClose(int active);
    /// What the user calls quitting: asks as closing does, but never leaves anything running that was not asked about.
    void quit(int active);
    /// Ends the program without a question.
    void quitNow();
    /// Shows the window in front of others, wherever it was.
    void present();
    /// For the icon in the tray, while there is one: "9 running".
    void setSummary(const QString &text);

private:
    [[nodiscard]] bool canStay() const;
    void ask(int active);
    void answer(const CloseQuestion &question);
    void goAway();
    void showTray();

    QWidget &m_window;
    Store::Settings &m_settings;
    QPointer<CloseQuestion> m_question;
    QSystemTrayIcon *m_tray = nullptr; ///< while the window is away
    QString m_summary;
    bool m_comesBack = false;
    bool m_quitting = false;
};

} // namespace Fairlead::Ui
