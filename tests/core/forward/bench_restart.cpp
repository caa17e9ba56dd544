#include "tests/core/forward/livecluster.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

namespace {

constexpr int WarmUpMs = 60'000;
constexpr int AwayMs = 5'000;
constexpr int Seconds = 10;

Demo::Traffic operator-(const Demo::Traffic &after, const Demo::Traffic &before)
{
    return {after.connections - before.connections,
            after.requests - before.requests,
            after.upgrades - before.upgrades,
            0,
            0,
            0};
}

} // namespace

/// What an API server sees of many forwards in the seconds after it has come back. Prints a table; fails only when a
/// forward does not come back. FAIRLEAD_BENCH_FORWARDS says how many (200).
class BenchRestart : public QObject
{
    Q_OBJECT

private slots:
    void requestsAfterARestart()
    {
        const int count = qEnvironmentVariable("FAIRLEAD_BENCH_FORWARDS", u"200"_s).toInt();
        LiveCluster live;
        QVERIFY2(live.problem().isEmpty(), qPrintable(live.problem()));
        live.manager.setOptions({}); // the times that users have
        for (int i = 0; i < count; ++i)
            m_ids.append(live.manager.add(LiveCluster::spec(u"svc/api"_s, u"80"_s)));
        for (const ForwardId id : m_ids)
            live.manager.start(id);
        QVERIFY(QTest::qWaitFor([&] { return running(live) == count; }, WarmUpMs));
        QTest::qWait(1'000);
        live.cluster.takeServerDown();
        QTest::qWait(AwayMs);
        const auto up = live.cluster.bringServerUp();
        QVERIFY2(up.hasValue(), up ? "" : qPrintable(up.error()));
        report(live, count);
        QTRY_COMPARE_WITH_TIMEOUT(running(live), count, WarmUpMs);
    }

private:
    [[nodiscard]] int running(const LiveCluster &live) const
    {
        return int(std::count_if(m_ids.begin(), m_ids.end(),
                                 [&](ForwardId id) { return live.manager.snapshot(id).state == State::Running; }));
    }

    void report(const LiveCluster &live, int count) const
    {
        qInfo().noquote() << u"%1 forwards; second, connections, requests, upgrades, forwards that run"_s.arg(count);
        Demo::Traffic before = live.cluster.traffic();
        const Demo::Traffic first = before;
        for (int second = 1; second <= Seconds; ++second) {
            QTest::qWait(1'000);
            const Demo::Traffic now = live.cluster.traffic();
            print(QString::number(second), now - before, running(live));
            before = now;
        }
        print(u"all"_s, before - first, running(live));
    }

    static void print(const QString &when, const Demo::Traffic &traffic, int running)
    {
        qInfo().noquote() << u"%1 %2 %3 %4 %5"_s.arg(when, 4)
                                 .arg(traffic.connections, 6)
                                 .arg(traffic.requests, 6)
                                 .arg(traffic.upgrades, 6)
                                 .arg(running, 6);
    }

    QList<ForwardId> m_ids;
};

QTEST_GUILESS_MAIN(BenchRestart)
#include "bench_restart.moc"
