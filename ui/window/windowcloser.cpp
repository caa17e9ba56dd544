#include "ui/window/windowcloser.h"

#include "core/store/settings.h"
#include "ui/icons.h"
#include "ui/window/closequestion.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QSystemTrayIcon>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Closing = Store::Settings::Closing;

WindowCloser::WindowCloser(QWidget &window, Store::Settings &settings)
    : QObject(&window)
    , m_window(window)
    , m_settings(settings)
{
}

bool WindowCloser::canStay() const
{
    return m_comesBack || QSystemTrayIcon::isSystemTrayAvailable();
}

bool WindowCloser::mayClose(int active)
{
    // At the end of a session there is nobody to ask.
    if (active == 0 || m_quitting || qApp->isSavingSession() || m_settings.closing() == Closing::Quit)
        return true;
    if (m_settings.closing() == Closing::KeepRunning && canStay())
        goAway();
    else
        ask(active);
    return false;
}

void WindowCloser::quit(int active)
{
    if (active > 0 && m_settings.closing() == Closing::Ask)
        ask(active);
    else
        quitNow();
}

void WindowCloser::ask(int active)
{
    if (m_question)
        return;
    using Return = CloseQuestion::Return;
    const bool tray = QSystemTrayIcon::isSystemTrayAvailable();
    m_question = new CloseQuestion(active,
                                   tray              ? Return::ByTray
                                       : m_comesBack ? Return::ByStart
                                                     : Return::Never,
                                   &m_window);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QDialog::accepted, this, [this] { answer(*m_question); });
    m_question->open();
}

void WindowCloser::answer(const CloseQuestion &question)
{
    const Closing choice = question.choice();
    if (question.isForGood())
        m_settings.setClosing(choice);
    if (choice == Closing::KeepRunning)
        goAway();
    else
        quitNow();
}

void WindowCloser::goAway()
{
    QGuiApplication::setQuitOnLastWindowClosed(false);
    if (QSystemTrayIcon::isSystemTrayAvailable())
        showTray();
    m_window.hide();
}

void WindowCloser::showTray()
{
    if (m_tray)
        return;
    m_tray = new QSystemTrayIcon(applicationIcon(), this);
    auto *menu = new QMenu(&m_window);
    QAction *summary = menu->addAction(m_summary);
    summary->setObjectName(u"traySummary"_s);
    summary->setEnabled(false);
    menu->addSeparator();
    connect(menu->addAction(tr("&Show Fairlead")), &QAction::triggered, this, &WindowCloser::present);
    connect(menu->addAction(tr("&Quit")), &QAction::triggered, this, &WindowCloser::quitNow);
    m_tray->setContextMenu(menu);
    connect(m_tray, &QObject::destroyed, menu, &QObject::deleteLater);
    connect(m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            present();
    });
    setSummary(m_summary);
    m_tray->show();
}

void WindowCloser::setSummary(const QString &text)
{
    m_summary = text;
    if (!m_tray)
        return;
    m_tray->setToolTip(u"Fairlead – "_s + text);
    if (auto *summary = m_tray->contextMenu()->findChild<QAction *>(u"traySummary"_s))
        summary->setText(text);
}

void WindowCloser::present()
{
    if (m_window.isMinimized())
        m_window.showNormal();
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
    QGuiApplication::setQuitOnLastWindowClosed(true);
    if (m_tray) {
        m_tray->hide();
        m_tray->deleteLater(); // its own menu may be what called this
        m_tray = nullptr;
    }
}

void WindowCloser::quitNow()
{
    m_quitting = true;
    const bool wasAway = m_window.isHidden();
    m_window.close();
    if (wasAway)
        QCoreApplication::quit(); // no window was closed, so nothing else ends the program
}

} // namespace Fairlead::Ui
