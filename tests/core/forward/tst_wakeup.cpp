#include "tests/core/forward/livecluster.h"
#include "tests/core/forward/logindbus.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

/// What the machine's waking up does to forwards: logind's signal, the manager, and a forward that would wait for long.
class TestWakeUp : public QObject
{
    Q_OBJECT

private slots:
    void aForwardThatWaitsTriesAtOnce()
    {
        if (!m_logind.runs())
            QSKIP("dbus-daemon is not installed");
        LiveCluster live;
        live.options.firstRetryMs = live.options.maxRetryMs = 600'000;
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        live.cluster.takeServerDown();
        QTRY_VERIFY(live.snapshot().reason.nextTry.has_value());
        QVERIFY(live.snapshot().reason.nextTry > QDateTime::currentDateTimeUtc().addSecs(60));
        QVERIFY(live.cluster.bringServerUp());

        QVERIFY(m_logind.prepareForSleep(true));
        QVERIFY(m_logind.prepareForSleep(false));

        QVERIFY(live.reaches(State::Running));
        QVERIFY(LiveCluster::isPage(live.get()));
    }

    void aTunnelThatDiedInSleepIsNoticedAtOnce()
    {
        if (!m_logind.runs())
            QSKIP("dbus-daemon is not installed");
        LiveCluster live;
        live.options.pingIntervalMs = 300'000; // by itself it would be silent for that long
        live.options.pingDeadlineMs = 1'000;
        live.forward(u"sts/db"_s, u"sql"_s);
        QVERIFY(live.reaches(State::Running));
        live.cluster.setBlackHole(true);
        QTest::qWait(500); // there is nothing to wait for: nothing may be noticed
        QCOMPARE(live.snapshot().state, State::Running);

        QVERIFY(m_logind.prepareForSleep(true));
        QVERIFY(m_logind.prepareForSleep(false));

        QVERIFY(live.reaches(State::Reconnecting));
        live.cluster.setBlackHole(false);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.echoes());
    }

private:
    LogindBus m_logind;
};

QTEST_GUILESS_MAIN(TestWakeUp)
#include "tst_wakeup.moc"
