#include "core/forward/wakemonitor.h"
#include "tests/support/handclock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

/// Signs of sleep and of network changes, on a bus of our own.
class TestWakeMonitor : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable(u"dbus-daemon"_s);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent");
        if (program.isEmpty())
            return; // only one test needs a bus
        m_bus.start(program, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY(m_bus.waitForReadyRead());
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
        QDBusConnection logind = QDBusConnection::connectToBus(QString::fromLatin1(address), u"logind"_s);
        QVERIFY(logind.registerService(u"org.freedesktop.login1"_s));
    }

    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(u"logind"_s);
        if (m_bus.state() == QProcess::NotRunning)
            return;
        m_bus.terminate();
        m_bus.waitForFinished();
    }

    void init() { m_networks = QStringList{u"eth0 192.0.2.7/24"_s}; }

    void logindsWakeUpIsTold()
    {
        if (m_bus.state() == QProcess::NotRunning)
            QSKIP("dbus-daemon is not installed");
        WakeMonitor monitor(m_clock, networks());
        const QSignalSpy woke(&monitor, &WakeMonitor::woke);
        prepareForSleep(true);
        prepareForSleep(false);
        QTRY_COMPARE(woke.size(), 1);
        m_clock.sleep(3'600'000);
        monitor.check();
        QCOMPARE(woke.size(), 1); // the same sleep
        m_clock.advance(60'000);
        prepareForSleep(false);
        QTRY_COMPARE(woke.size(), 2);
    }

    void theClocksTellWithoutLogind()
    {
        WakeMonitor monitor(m_clock, networks());
        const QSignalSpy woke(&monitor, &WakeMonitor::woke);
        m_clock.advance(3'600'000);
        monitor.check();
        QCOMPARE(woke.size(), 0);
        m_clock.sleep(60'000);
        monitor.check();
        monitor.check();
        QCOMPARE(woke.size(), 1);
        m_clock.advance(60'000);
        m_clock.sleep(60'000);
        monitor.check();
        QCOMPARE(woke.size(), 2);
    }

    void networkChangesAreMerged()
    {
        WakeMonitor monitor(m_clock, networks());
        const QSignalSpy changed(&monitor, &WakeMonitor::networkChanged);
        monitor.check();
        m_networks.append(u"tun0 198.51.100.2/32"_s);
        monitor.check();
        m_networks.append(u"tun0 2001:db8::/64"_s);
        monitor.check();
        QCOMPARE(changed.size(), 0); // not at rest yet
        QTRY_COMPARE(changed.size(), 1);
        monitor.check();
        m_networks.clear();
        monitor.check();
        QTRY_COMPARE(changed.size(), 2);
    }

    void networksOfThisMachineAreStable()
    {
        QCOMPARE(WakeMonitor::currentNetworks(), WakeMonitor::currentNetworks());
        for (const QString &one : WakeMonitor::currentNetworks())
            QVERIFY2(!one.contains(u" 127."_s) && !one.contains(u" fe80:"_s), qPrintable(one));
    }

private:
    [[nodiscard]] WakeMonitor::Networks networks() const
    {
        return [this] { return m_networks; };
    }
    static void prepareForSleep(bool aboutToSleep)
    {
        QDBusMessage signal = QDBusMessage::createSignal(u"/org/freedesktop/login1"_s,
                                                         u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s);
        signal << aboutToSleep;
        QVERIFY(QDBusConnection(u"logind"_s).send(signal));
    }

    HandClock m_clock;
    QStringList m_networks;
    QProcess m_bus;
};

QTEST_GUILESS_MAIN(TestWakeMonitor)
#include "tst_wakemonitor.moc"
