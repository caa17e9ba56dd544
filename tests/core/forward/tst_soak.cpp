#include "tests/core/forward/livecluster.h"
#include "tests/support/faultserver.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <array>
#include <chrono>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

namespace {

constexpr int Programs = 8;
constexpr int ChurnEveryMs = 1'500;

int secondsToRun()
{
    constexpr int InEveryTestRun = 12;
    const int asked = qEnvironmentVariableIntValue("FAIRLEAD_SOAK_SECONDS");
    return asked > 0 ? asked : InEveryTestRun;
}

/// Kilobytes that this process has in memory.
qint64 residentKb()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
}

qsizetype openDescriptors()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size();
}

/// What all programs together have seen.
struct Tally {
    std::atomic<int> whole = 0; ///< exchanges that came back complete
    std::atomic<int> cut = 0; ///< ended before, by a pod or server that went away
    std::atomic<int> wrong = 0; ///< bytes that nobody sent, or in another order
    std::atomic<int> unserved = 0; ///< refused at once: the port was closed
};

/// One program after another against one port, each with its own bytes.
void keepAsking(quint16 port, quint32 seed, const std::atomic<bool> &ending, Tally &tally)
{
    QRandomGenerator random(seed);
    while (!ending) {
        ProgramPlan plan;
        plan.send = pattern(random.generate(), random.bounded(1, 200'000));
        plan.stopAfter = plan.send.size();
        const ProgramResult result = runProgram(port, plan).get();
        if (!result.connected)
            ++tally.unserved;
        else if (result.received == plan.send)
            ++tally.whole;
        else if (plan.send.startsWith(result.received))
            ++tally.cut;
        else
            ++tally.wrong;
        std::this_thread::sleep_for(std::chrono::milliseconds(random.bounded(20)));
    }
}

} // namespace

/// Programs exchange bytes through a forward without a pause while its pod, its node and its server misbehave in turn.
/// FAIRLEAD_SOAK_SECONDS=600 makes it the long run; then memory has to be flat, too.
class TestSoak : public QObject
{
    Q_OBJECT

private slots:
    void churn()
    {
        LiveCluster live;
        QVERIFY2(live.problem().isEmpty(), qPrintable(live.problem()));
        live.forward(u"sts/db"_s, u"sql"_s);
        QVERIFY(live.reaches(State::Running));
        const qsizetype descriptorsBefore = openDescriptors();

        std::atomic<bool> ending = false;
        Tally tally;
        std::vector<std::thread> programs;
        for (int i = 0; i < Programs; ++i)
            programs.emplace_back(keepAsking, live.port(), quint32(i + 1), std::cref(ending), std::ref(tally));
        const qint64 growth = disturbFor(live, secondsToRun());
        QTRY_VERIFY_WITH_TIMEOUT(live.snapshot().state == State::Running, 20'000);
        const int wholeBefore = tally.whole;
        QTRY_VERIFY_WITH_TIMEOUT(tally.whole > wholeBefore + Programs, 20'000); // it all works at the end
        ending = true;
        QTRY_VERIFY_WITH_TIMEOUT(live.snapshot().openConnections == 0, 60'000);
        for (std::thread &program : programs)
            program.join();

        qInfo("%d s, %d disturbances: %d exchanges whole, %d cut, %d wrong, %d not served; memory grew by %lld KiB",
              secondsToRun(), m_disturbances, tally.whole.load(), tally.cut.load(), tally.wrong.load(),
              tally.unserved.load(), growth);
        QCOMPARE(tally.wrong, 0);
        QCOMPARE(tally.unserved, 0);
        QCOMPARE(m_turnedAway, 0); // whoever came while there was no tunnel waited for one
        QVERIFY(tally.whole > 10 * Programs);
        QVERIFY(!live.states.contains(State::Failed));
        live.manager.stop(live.id);
        QTRY_VERIFY2_WITH_TIMEOUT(openDescriptors() <= descriptorsBefore,
                                  qPrintable(QString::number(openDescriptors())), 20'000);
        constexpr int LongRun = 300;
        constexpr qint64 FlatKb = 12 * 1024;
        if (secondsToRun() >= LongRun)
            QVERIFY2(growth < FlatKb, qPrintable(QString::number(growth)));
    }

private:
    /// Kilobytes by which memory grew after the first fifth of the time, when every kind of trouble had been there
    /// once.
    qint64 disturbFor(LiveCluster &live, int seconds)
    {
        const auto start = std::chrono::steady_clock::now();
        const auto elapsed = [start] { return std::chrono::steady_clock::now() - start; };
        qint64 settled = 0;
        while (elapsed() < std::chrono::seconds(seconds)) {
            QTest::qWait(ChurnEveryMs);
            disturb(live);
            m_turnedAway += std::count_if(live.closed.begin(), live.closed.end(), [](const auto &connection) {
                return connection.end == Forward::ConnectionEnd::NoTunnel;
            });
            live.closed.clear(); // it is the engine's memory that is looked at
            live.states.removeAll(State::Running);
            if (settled == 0 && elapsed() > std::chrono::seconds(seconds) / 5)
                settled = residentKb();
        }
        return residentKb() - settled;
    }

    void disturb(LiveCluster &live)
    {
        using Demo::Disturbance;
        const QString ns = u"default"_s;
        switch (m_disturbances++ % 8) {
        case 0:
            (void)live.cluster.deletePod(ns, u"db-0"_s);
            break;
        case 1:
            live.cluster.disturbUpgraded(Disturbance::Abort);
            break;
        case 2:
            live.cluster.takeServerDown();
            QTest::qWait(400);
            QVERIFY(live.cluster.bringServerUp());
            break;
        case 3:
            live.cluster.disturbUpgraded(Disturbance::GoAway);
            break;
        case 4:
            (void)live.cluster.restartContainer(ns, u"db-0"_s);
            break;
        case 5:
            live.cluster.disturbUpgraded(Disturbance::ResetStreams);
            break;
        case 6:
            live.cluster.setBlackHole(true);
            QTest::qWait(1'000);
            live.cluster.setBlackHole(false);
            break;
        default:
            live.cluster.disturbUpgraded(Disturbance::Close);
            break;
        }
    }

    int m_disturbances = 0;
    qsizetype m_turnedAway = 0;
};

int main(int argc, char **argv)
{
    // Qt Test ends a function after five minutes unless told.
    constexpr int SlackSeconds = 300;
    qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number((secondsToRun() + SlackSeconds) * 1'000));
    QCoreApplication application(argc, argv);
    TestSoak test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_soak.moc"
