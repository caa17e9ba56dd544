#include "core/support/clockgap.h"
#include "tests/support/handclock.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Test;

class TestClockGap : public QObject
{
    Q_OBJECT

private slots:
    void tellsSleep_data()
    {
        QTest::addColumn<qint64>("awakeMs");
        QTest::addColumn<qint64>("asleepMs");
        QTest::addColumn<bool>("told");
        QTest::addRow("awake all the time") << qint64(3'600'000) << qint64(0) << false;
        QTest::addRow("a nap at the limit") << qint64(0) << qint64(10'000) << false;
        QTest::addRow("a sleep over the limit") << qint64(0) << qint64(10'001) << true;
        QTest::addRow("a night") << qint64(5'000) << qint64(8 * 3'600'000) << true;
        QTest::addRow("the clock was set back") << qint64(5'000) << qint64(-3'600'000) << false;
    }

    void tellsSleep()
    {
        QFETCH(const qint64, awakeMs);
        QFETCH(const qint64, asleepMs);
        QFETCH(const bool, told);
        HandClock clock;
        ClockGap gap(clock, 10'000);
        clock.advance(awakeMs);
        clock.sleep(asleepMs);
        QCOMPARE(gap.hasSlept(), told);
        QVERIFY(!gap.hasSlept()); // once
        clock.advance(60'000);
        QVERIFY(!gap.hasSlept());
    }

    void systemClockGoesOnWhileAwake()
    {
        const Clock &clock = SystemClock::instance();
        const qint64 before = clock.sleepingMs();
        QTest::qWait(5);
        QVERIFY(clock.sleepingMs() - before >= 5);
    }
};

QTEST_GUILESS_MAIN(TestClockGap)
#include "tst_clockgap.moc"
