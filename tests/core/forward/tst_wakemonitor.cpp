#include "core/forward/wakemonitor.h"
#include "tests/core/forward/logindbus.h"
#include "tests/support/handclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

/// Signs of sleep and of network changes, on a bus of our own.
class TestWakeMonitor : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_networks = QStringList{u"eth0 192.0.2.7/24"_s}; }

    void logindsWakeUpIsTold()
    {
        if (!m_logind.runs())
            QSKIP("dbus-daemon is not installed");
        WakeMonitor monitor(m_clock, networks());
        const QSignalSpy woke(&monitor, &WakeMonitor::woke);
        QVERIFY(m_logind.prepareForSleep(true));
        QVERIFY(m_logind.prepareForSleep(false));
        QTRY_COMPARE(woke.size(), 1);
        m_clock.sleep(3'600'000);
        monitor.check();
        QCOMPARE(woke.size(), 1); // the same sleep
        m_clock.advance(60'000);
        QVERIFY(m_logind.prepareForSleep(false));
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
    LogindBus m_logind;
    HandClock m_clock;
    QStringList m_networks;
};

QTEST_GUILESS_MAIN(TestWakeMonitor)
#include "tst_wakemonitor.moc"
