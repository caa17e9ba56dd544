#include "core/forward/tunnelpool.h"
#include "core/forward/tunneltarget.h"
#include "core/net/servergate.h"
#include "tests/core/forward/engineharness.h"

#include <QTimer>

#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

namespace {

/// Connections that got their answer and stay open until release().
class Holders
{
public:
    void add(quint16 port, int count = 1)
    {
        ProgramPlan plan;
        plan.send = "x";
        plan.stopAfter = 1;
        plan.mayRead = m_released;
        for (int i = 0; i < count; ++i)
            m_programs.push_back(runProgram(port, plan));
    }
    [[nodiscard]] quint64 count() const { return m_programs.size(); }
    /// Whether all of them got their byte.
    [[nodiscard]] bool release()
    {
        *m_released = true;
        bool all = true;
        for (auto &program : m_programs)
            all = EngineHarness::wait(program).received == "x"_ba && all;
        m_programs.clear();
        return all;
    }

private:
    std::shared_ptr<std::atomic<bool>> m_released = std::make_shared<std::atomic<bool>>(false);
    std::vector<std::future<ProgramResult>> m_programs;
};

/// Takes a tunnel and does nothing with it.
class IdleUser final : public TunnelWaiter
{
public:
    void tunnelReady(TunnelLease granted) override { lease = std::move(granted); }
    [[nodiscard]] bool ownsStream(quint32) const override { return false; }
    void sessionEvent(const Spdy::Event &) override { }
    void tunnelLost(const QString &) override { isLost = true; }
    void tunnelDrained() override { }

    TunnelLease lease;
    bool isLost = false;
};

/// A pool that leads to the fault server, without a forward.
struct BarePool {
    explicit BarePool(FaultServer &server, PoolOptions options)
        : pool(std::move(options), SystemClock::instance())
    {
        auto target = TunnelTarget::create(server.connection(), u"default"_s, 10'000);
        pool.setTarget([target = *target] {
            Kube::PodInfo pod;
            pod.name = u"pod"_s;
            return target.next(pod);
        });
        QObject::connect(&ticks, &QTimer::timeout, &pool, &TunnelPool::tick);
        ticks.start(20);
    }

    TunnelPool pool;
    QTimer ticks;
};

} // namespace

/// Which connections share the way to the pod, one after another and at once. Upgrades are counted by the server.
class TestTunnelPool : public QObject
{
    Q_OBJECT

private slots:
    void finishedConnectionsLeaveTheirTunnelToTheNext_data()
    {
        QTest::addColumn<PairScript>("pair");
        QTest::addColumn<bool>("halfClose");
        QTest::addRow("program ends first") << PairScript::Echo << true;
        QTest::addRow("program closes after its answer") << PairScript::Echo << false;
        QTest::addRow("pod ends first") << PairScript::Source << false;
        QTest::addRow("pod ends one second after the program, by the node's rule")
            << PairScript::OneSecondRule << false;
        QTest::addRow("pod resets") << PairScript::SourceThenReset << false;
    }

    void finishedConnectionsLeaveTheirTunnelToTheNext()
    {
        QFETCH(const PairScript, pair);
        QFETCH(const bool, halfClose);
        constexpr int Connections = 20;
        const bool speaksFirst = pair == PairScript::Source || pair == PairScript::SourceThenReset;
        ServerScript script;
        script.pairs.insert(81, pair);
        script.sourceBytes = 1000;
        EngineHarness harness(script);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.halfClose = halfClose;
        if (!speaksFirst) {
            plan.send = pattern(7, 1000);
            plan.stopAfter = halfClose ? -1 : 1000;
        }
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < Connections; ++i)
            QVERIFY(harness.run(plan).received == pattern(speaksFirst ? 81 : 7, 1000));
        if (pair == PairScript::OneSecondRule)
            QVERIFY2(timer.elapsed() < Connections * 1'000, "each waited for the end of the one before");
        QCOMPARE(harness.server.pairsOpened(), Connections);
        // One and its spare. On a loaded machine a program may come before the end of the one before it was seen.
        QVERIFY2(harness.server.upgraded() <= 5, qPrintable(QString::number(harness.server.upgraded())));
        QCOMPARE(harness.states.last(), State::Running);
    }

    void programThatIsKilledInADownloadLeavesACleanTunnel()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::Source);
        script.sourceBytes = 40 << 20;
        EngineHarness harness(script);
        harness.start({81, 80});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.stopAfter = 1;
        plan.resetAtEnd = true;
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(harness.run(plan).received.size(), 1);
            QVERIFY(harness.run(echoPlan(5000), 1).received == pattern(7, 5000)); // nothing of the rest gets mixed in
        }
        QVERIFY2(harness.server.upgraded() <= 5, qPrintable(QString::number(harness.server.upgraded())));
    }

    void podThatDoesNotReadCostsItsTunnel()
    {
        ServerScript script;
        script.pairs.insert(82, PairScript::NeverRead);
        EngineHarness harness(script);
        harness.start({82, 80});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan writer;
        writer.send = pattern(2, 8 << 20);
        writer.timeoutMs = 500;
        writer.resetAtEnd = true;
        constexpr int Culprits = 3;
        for (int i = 0; i < Culprits; ++i) {
            QVERIFY(harness.run(writer).timedOut);
            QTRY_COMPARE(harness.closedConnections.size(), 2 * i + 1);
            QVERIFY(harness.run(echoPlan(1000), 1).received == pattern(7, 1000));
            QTRY_COMPARE(harness.closedConnections.size(), 2 * i + 2);
        }
        QTRY_VERIFY(harness.server.upgraded() >= 2 + Culprits); // one new tunnel for each that was thrown away
        QCOMPARE(harness.snapshot().state, State::Running);
    }

    void largeUploadThatWasTakenIsProvenByPings()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        constexpr int Uploads = 8;
        for (int i = 0; i < Uploads; ++i)
            QVERIFY(harness.run(echoPlan(1 << 20)).received == pattern(7, 1 << 20));
        QTRY_COMPARE(harness.closedConnections.size(), Uploads);
        QVERIFY2(harness.server.upgraded() <= 5, qPrintable(QString::number(harness.server.upgraded())));
    }

    void tunnelsAreReplacedAfterSoManyConnections()
    {
        EngineHarness harness;
        auto options = EngineHarness::shortTimes();
        options.maxConnectionsPerTunnel = 3;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        for (int i = 0; i < 12; ++i)
            QVERIFY(harness.run(echoPlan(100)).received == pattern(7, 100));
        QVERIFY(harness.server.upgraded() >= 4);
        QVERIFY(harness.server.upgraded() <= 8);
    }

    void theNextOneAfterTheBoundShares()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        constexpr int Bound = 64; // the default
        Holders holders;
        holders.add(harness.localPort(), Bound + 1);
        QTRY_COMPARE_WITH_TIMEOUT(harness.snapshot().traffic.bytesDown, holders.count(), 30'000);
        QCOMPARE(harness.server.upgraded(), Bound);
        QVERIFY(holders.release());
        QCOMPARE(harness.server.upgraded(), Bound);
    }

    void sharedTunnelsAreFilledEvenlyAndTheRestWaits()
    {
        EngineHarness harness;
        harness.manager.setOptions(fewTunnels(4, 2));
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        Holders holders;
        holders.add(harness.localPort(), 8);
        QTRY_COMPARE(harness.snapshot().traffic.bytesDown, holders.count());
        QCOMPARE(harness.server.upgraded(), 4);
        std::future<ProgramResult> ninth = runProgram(harness.localPort(), echoPlan(1000));
        QTRY_COMPARE(harness.snapshot().openConnections, 9);
        QTest::qWait(200);
        QCOMPARE(harness.server.pairsOpened(), 8);
        QVERIFY(holders.release());
        QVERIFY(EngineHarness::wait(ninth).received == pattern(7, 1000));
        QCOMPARE(harness.server.upgraded(), 4);
    }

    void whoStallsASharedTunnelGetsNoCompany()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::Source);
        script.sourceBytes = 24 << 20;
        EngineHarness harness(script);
        harness.manager.setOptions(fewTunnels(2, 3));
        harness.start({81, 80});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan reader;
        reader.mayRead = std::make_shared<std::atomic<bool>>(false);
        std::future<ProgramResult> stalled = runProgram(harness.localPort(0), reader);
        quint64 before = 0; // until all buffers are full
        QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, harness.server.payloadSent()) == harness.server.payloadSent()
                                     && before > (1 << 20),
                                 10'000);
        Holders holder;
        holder.add(harness.localPort(1));
        QTRY_COMPARE(harness.server.pairsOpened(), 2);
        for (int i = 0; i < 5; ++i)
            QVERIFY(harness.run(echoPlan(20'000), 1).received == pattern(7, 20'000));
        *reader.mayRead = true;
        QVERIFY(EngineHarness::wait(stalled).received == pattern(81, 24 << 20));
        QVERIFY(holder.release());
        QCOMPARE(harness.server.upgraded(), 2);
    }

    void sharedConnectionsGetTheirOwnBytes()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::Source);
        script.sourceBytes = 3'000'000;
        EngineHarness harness(script);
        auto options = fewTunnels(3, 4);
        options.maxWaiting = 1000;
        harness.manager.setOptions(options);
        harness.start({80, 81});
        QVERIFY(harness.reaches(State::Running));
        constexpr quint32 Programs = 40;
        std::vector<std::future<ProgramResult>> programs;
        for (quint32 seed = 0; seed < Programs; ++seed) {
            ProgramPlan plan;
            if (seed % 4 != 0)
                plan.send = pattern(seed, 60'000 + qsizetype(seed) * 1000);
            plan.halfClose = true;
            programs.push_back(runProgram(harness.localPort(seed % 4 == 0 ? 1 : 0), plan));
        }
        for (quint32 seed = 0; seed < Programs; ++seed) {
            const ProgramResult result = EngineHarness::wait(programs[seed]);
            const QByteArray wanted =
                seed % 4 == 0 ? pattern(81, script.sourceBytes) : pattern(seed, 60'000 + qsizetype(seed) * 1000);
            QVERIFY2(result.received == wanted, qPrintable(QString::number(seed)));
            QVERIFY(result.eof);
        }
        QTRY_COMPARE(harness.closedConnections.size(), qsizetype(Programs));
        QCOMPARE(harness.snapshot().state, State::Running);
    }

    void resetOfOneSharedConnectionSparesTheOthers()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::SourceThenErrorNew);
        script.sourceBytes = 10;
        EngineHarness harness(script);
        harness.manager.setOptions(fewTunnels(1, 4));
        harness.start({81, 80});
        QVERIFY(harness.reaches(State::Running));
        Holders holders;
        holders.add(harness.localPort(1), 2);
        QTRY_COMPARE(harness.server.pairsOpened(), 2);
        QVERIFY(harness.run().reset);
        QCOMPARE(harness.closed().end, ConnectionEnd::Refused);
        QVERIFY(holders.release());
        QCOMPARE(harness.server.upgraded(), 1);
    }

    void idleTunnelsShrinkToTheSpare()
    {
        EngineHarness harness;
        auto options = EngineHarness::shortTimes();
        options.shrinkAfterMs = 400;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        Holders holders;
        holders.add(harness.localPort(), 5);
        QTRY_COMPARE(harness.snapshot().traffic.bytesDown, holders.count());
        QTRY_COMPARE(harness.server.openUpgrades(), 6);
        QVERIFY(holders.release());
        QTRY_COMPARE(harness.server.openUpgrades(), 1);
        QVERIFY(harness.run(echoPlan(100)).received == pattern(7, 100));
        QCOMPARE(harness.states, (QList<State>{State::Starting, State::Running}));
    }

    void spareIsThrownAwayAfterGoAway()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        harness.server.killAll(FaultServer::Kill::GoAway);
        QTRY_COMPARE(harness.server.upgraded(), 2);
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run(echoPlan(100)).received == pattern(7, 100));
    }

    void doubtAsksEveryTunnel()
    {
        FaultServer server;
        PoolOptions options;
        options.pings = {300, 60'000};
        BarePool bare(server, options);
        IdleUser user;
        bare.pool.request(&user);
        bare.pool.resume();
        QTRY_VERIFY(user.lease);
        QTRY_COMPARE(server.upgraded(), 2); // and a spare
        QTRY_VERIFY(bare.pool.hasSpare());
        bare.pool.doubt();
        QTest::qWait(600);
        QVERIFY(!user.isLost); // the server answers
        QSignalSpy spareLost(&bare.pool, &TunnelPool::spareLost);
        server.setBlackHole(true);
        bare.pool.doubt();
        QTRY_VERIFY_WITH_TIMEOUT(user.isLost, 10'000);
        QTRY_COMPARE(spareLost.size(), 1);
        server.setBlackHole(false);
    }

    void upgradesKeepToTheServersRate()
    {
        FaultServer server;
        PoolOptions options;
        options.limits.spares = 0;
        options.gate = std::make_shared<Net::ServerGate>(10, 2);
        options.server = u"server"_s;
        BarePool bare(server, options);
        std::vector<std::unique_ptr<IdleUser>> users;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 6; ++i) {
            users.push_back(std::make_unique<IdleUser>());
            bare.pool.request(users.back().get());
        }
        bare.pool.resume();
        QTRY_VERIFY(std::all_of(users.begin(), users.end(), [](const auto &user) { return bool(user->lease); }));
        QVERIFY2(timer.elapsed() >= 390, qPrintable(QString::number(timer.elapsed()))); // two at once, four of a tenth
        QCOMPARE(server.upgraded(), 6);
    }

    void tunnelsInUseOutliveTheirPool()
    {
        FaultServer server;
        auto bare = std::make_unique<BarePool>(server, PoolOptions{});
        IdleUser user;
        bare->pool.request(&user);
        bare->pool.resume();
        QTRY_VERIFY(user.lease);
        QTRY_COMPARE(server.upgraded(), 2);
        bare.reset();
        QTRY_COMPARE(server.openUpgrades(), 1);
        QVERIFY(user.lease->isUsable());
        user.lease.giveBack({});
        QTRY_COMPARE(server.openUpgrades(), 0);
    }

private:
    static ProgramPlan echoPlan(qsizetype size)
    {
        ProgramPlan plan;
        plan.send = pattern(7, size);
        plan.halfClose = true;
        return plan;
    }
    static ForwardManager::Options fewTunnels(int tunnels, int pairs)
    {
        auto options = EngineHarness::shortTimes();
        options.maxTunnels = tunnels;
        options.maxPairsPerTunnel = pairs;
        return options;
    }
};

QTEST_GUILESS_MAIN(TestTunnelPool)
#include "tst_tunnelpool.moc"
