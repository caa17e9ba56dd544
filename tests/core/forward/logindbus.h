#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QStandardPaths>

namespace Fairlead::Test {

/// A message bus of our own that the program takes for the system's, with a logind on it that says what a test wants.
/// Make it before anything asks for the system bus.
class LogindBus final
{
public:
    LogindBus()
    {
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent");
        const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (program.isEmpty())
            return;
        m_daemon.start(program,
                       {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (!m_daemon.waitForReadyRead())
            qFatal("dbus-daemon does not start");
        const QByteArray address = m_daemon.readLine().trimmed();
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
        QDBusConnection logind = QDBusConnection::connectToBus(QString::fromLatin1(address), name());
        m_runs = logind.registerService(QStringLiteral("org.freedesktop.login1"));
        if (!m_runs)
            qFatal("the bus lets nobody be logind");
    }

    ~LogindBus()
    {
        QDBusConnection::disconnectFromBus(name());
        if (m_daemon.state() == QProcess::NotRunning)
            return;
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }

    LogindBus(const LogindBus &) = delete;
    LogindBus &operator=(const LogindBus &) = delete;

    /// False where dbus-daemon is not installed.
    [[nodiscard]] bool runs() const { return m_runs; }

    /// False if it could not be sent.
    [[nodiscard]] bool prepareForSleep(bool aboutToSleep) const
    {
        QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/login1"),
                                                         QStringLiteral("org.freedesktop.login1.Manager"),
                                                         QStringLiteral("PrepareForSleep"));
        signal << aboutToSleep;
        return QDBusConnection(name()).send(signal);
    }

private:
    [[nodiscard]] static QString name() { return QStringLiteral("logind"); }

    QProcess m_daemon;
    bool m_runs = false;
};

} // namespace Fairlead::Test
