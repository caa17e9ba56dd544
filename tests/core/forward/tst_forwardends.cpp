#include "core/protocol/portforward/errortext.h"
#include "tests/core/forward/engineharness.h"

#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

/// How connections end: what was received is delivered first, the program learns the truth, the row says how, the
/// counters are exact and the forward lives on.
class TestForwardEnds : public QObject
{
    Q_OBJECT

private slots:
    /// Every test runs over each transport.
    void initTestCase_data() { EngineHarness::addTransports(); }

    void podSide_data()
    {
        QTest::addColumn<PairScript>("pair");
        QTest::addColumn<qint64>("size");
        QTest::addColumn<bool>("programSeesReset");
        QTest::addColumn<ConnectionEnd>("end");
        const auto add = [](const char *name, PairScript pair, qint64 size, bool reset, ConnectionEnd end) {
            QTest::addRow("%s", name) << pair << size << reset << end;
        };
        using enum PairScript;
        add("in order, no data", Source, 0, false, ConnectionEnd::ByPod);
        add("in order after one byte", Source, 1, false, ConnectionEnd::ByPod);
        add("in order after 4 MiB", Source, 4 << 20, false, ConnectionEnd::ByPod);
        add("data ends, error stream stays open", SourceThenFinOnly, 100'000, false, ConnectionEnd::ByPod);
        add("reset without data", SourceThenReset, 0, true, ConnectionEnd::ResetByPod);
        add("reset after 4 MiB", SourceThenReset, 4 << 20, true, ConnectionEnd::ResetByPod);
        add("words instead of data, old node", SourceThenErrorOld, 0, true, ConnectionEnd::Refused);
        add("words instead of data, new node", SourceThenErrorNew, 0, true, ConnectionEnd::Refused);
        add("words after 4 MiB, old node", SourceThenErrorOld, 4 << 20, true, ConnectionEnd::Refused);
        add("words after 4 MiB, new node", SourceThenErrorNew, 4 << 20, true, ConnectionEnd::Refused);
        add("words in two pieces", SourceThenErrorPieces, 10, true, ConnectionEnd::Refused);
        add("error stream reset without words", SourceThenErrorReset, 50'000, true, ConnectionEnd::ResetByPod);
        add("reset instead of reply", ResetInsteadOfReply, 0, true, ConnectionEnd::Error);
    }

    void podSide()
    {
        QFETCH(const PairScript, pair);
        QFETCH(const qint64, size);
        QFETCH(const bool, programSeesReset);
        QFETCH(const ConnectionEnd, end);
        ServerScript script;
        script.pairs.insert(81, pair);
        script.sourceBytes = size;
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81, 80});
        QVERIFY(harness.reaches(State::Running));
        std::future<ProgramResult> bystander = runProgram(harness.localPort(1), echoPlan(100'000));

        const ProgramResult result = harness.run();

        QCOMPARE(result.received.size(), qsizetype(size));
        QVERIFY(result.received == pattern(81, qsizetype(size)));
        QCOMPARE(result.reset, programSeesReset);
        QCOMPARE(result.eof, !programSeesReset);
        QVERIFY(EngineHarness::wait(bystander).received == pattern(7, 100'000));
        QTRY_COMPARE(harness.closedConnections.size(), 2);
        const ConnectionSnapshot row = rowOfPort(harness, 81);
        QCOMPARE(row.end, end);
        QVERIFY(!row.endText.isEmpty());
        QCOMPARE(row.traffic.bytesDown, quint64(size));
        QCOMPARE(row.traffic.bytesUp, quint64(0));
        if (end == ConnectionEnd::Refused)
            QCOMPARE(row.endDetail, QString::fromLatin1(script.errorText));
        QCOMPARE(harness.snapshot().state, State::Running);
    }

    void slowReaderGetsEverythingAfterItsPodFailed()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::SourceThenErrorNew);
        script.sourceBytes = 6 << 20;
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.receiveBuffer = 4096;
        plan.waitBeforeReading = 1000;

        const ProgramResult result = harness.run(plan);

        QCOMPARE(result.received.size(), qsizetype(6 << 20));
        QVERIFY(result.reset);
        QCOMPARE(harness.closed().traffic.bytesDown, quint64(6 << 20));
    }

    void longErrorTextIsCapped()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::SourceThenErrorOld);
        script.errorText = QByteArray(1 << 20, 'x') + "\xff\xfe";
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run().reset);
        QCOMPARE(harness.closed().endDetail.size(), PortForward::MaxErrorText);
        QCOMPARE(harness.closed().end, ConnectionEnd::Error);
    }

    void errorTextThatIsNoUtf8IsShownAsFarAsItGoes()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::SourceThenErrorOld);
        script.errorText = "broken \xff\xfe words";
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run().reset);
        QCOMPARE(harness.closed().endDetail, u"broken \uFFFD\uFFFD words"_s);
    }

    void connectsAndClosesWithoutAWord()
    {
        EngineHarness harness;
        useTransport(harness);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.stopAfter = 0;
        QVERIFY(harness.run(plan).connected);
        const ConnectionSnapshot row = harness.closed();
        QCOMPARE(row.end, ConnectionEnd::ByProgram);
        QCOMPARE(row.traffic, Traffic{});
        // The spare that took its place while it was in use stays for a while.
        QTRY_COMPARE(harness.server.openUpgrades(), 2);
    }

    void halfCloseIsHeldBackAndTheAnswerComes()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::AnswerLater);
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.send = "question";
        plan.halfClose = true;
        const ProgramResult result = harness.run(plan);
        QCOMPARE(result.received, "late answer"_ba);
        QVERIFY(result.eof);
        QCOMPARE(harness.server.payloadReceived(), quint64(8));
    }

    /// An ordinary close is not held back like a half-close: the pod learns it at once.
    void programThatClosedIsNotWaitedFor()
    {
        EngineHarness harness;
        useTransport(harness);
        auto options = timesOfRow();
        options.halfCloseQuietMs = 60'000;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.send = "hello";
        plan.stopAfter = 5;
        QCOMPARE(harness.run(plan).received, "hello"_ba);
        QCOMPARE(harness.closed().end, ConnectionEnd::ByProgram);
        QCOMPARE(harness.closed().traffic.bytesUp, quint64(5));
    }

    void cutAfterEndOfInputIsSaid()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::OneSecondRule);
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.send = "question";
        plan.halfClose = true;
        const ProgramResult result = harness.run(plan);
        QCOMPARE(result.received, "question"_ba);
        QCOMPARE(harness.closed().end, ConnectionEnd::ByPod);
        QVERIFY2(harness.closed().endText.contains(u"one second"_s), qPrintable(harness.closed().endText));
    }

    void programThatReadsOneByteAndClosesHurtsNobody()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::Source);
        script.sourceBytes = 40 << 20;
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81, 80});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.stopAfter = 1;
        QCOMPARE(harness.run(plan).received.size(), 1);
        // The kernel sends a reset if more had arrived than was read, else a FIN first.
        const ConnectionEnd end = harness.closed().end;
        QVERIFY(end == ConnectionEnd::ResetLocal || end == ConnectionEnd::ByProgram);
        QTRY_VERIFY(harness.server.resetsSeen() > 0 || end == ConnectionEnd::ByProgram);
        const ProgramResult next = harness.run(echoPlan(1000), 1);
        QVERIFY(next.received == pattern(7, 1000));
        QTRY_COMPARE(harness.snapshot().openConnections, 0);
    }

    void programThatResetsInMidUpload()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::Sink);
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.send = pattern(3, 3 << 20);
        plan.stopAfter = 0;
        plan.resetAtEnd = true;
        QCOMPARE(harness.run(plan).sent, plan.send.size());
        const ConnectionSnapshot row = harness.closed();
        QCOMPARE(row.end, ConnectionEnd::ResetLocal);
        QVERIFY(row.traffic.bytesUp <= quint64(plan.send.size()));
        QCOMPARE(harness.snapshot().state, State::Running);
        QTRY_COMPARE(harness.server.upgraded(), 3); // its tunnel is not used again: two and one in its place
        QTRY_COMPARE(harness.server.openUpgrades(), 2);
        QVERIFY(harness.server.payloadReceived() <= row.traffic.bytesUp); // what was on its way went with the reset
    }

    void missingReplyEndsThatConnectionOnly()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::NoReply);
        EngineHarness harness(script);
        useTransport(harness);
        auto options = timesOfRow();
        options.replyTimeoutMs = 200;
        harness.manager.setOptions(options);
        harness.start({81, 80});
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run().reset);
        QCOMPARE(harness.closed().end, ConnectionEnd::Error);
        QVERIFY(harness.run(echoPlan(1000), 1).received == pattern(7, 1000));
        QCOMPARE(harness.snapshot().state, State::Running);
    }

    void killedServerLosesNothingThatArrived_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::addColumn<FaultServer::Kill>("kill");
        QTest::addRow("TLS, RST") << true << FaultServer::Kill::Reset;
        QTest::addRow("TLS, cut without close_notify") << true << FaultServer::Kill::Fin;
        QTest::addRow("TLS, GOAWAY") << true << FaultServer::Kill::GoAway;
        QTest::addRow("plain, RST") << false << FaultServer::Kill::Reset;
        QTest::addRow("plain, FIN") << false << FaultServer::Kill::Fin;
    }

    /// The server sends as much as all buffers on the way take, while the program does not read, and dies then. What
    /// our kernel had confirmed to it must reach the program.
    void killedServerLosesNothingThatArrived()
    {
        QFETCH(const bool, tls);
        QFETCH(const FaultServer::Kill, kill);
        ServerScript script;
        script.tls = tls;
        script.pairs.insert(81, PairScript::SourceThenKeep);
        script.sourceBytes = 64 << 20;
        EngineHarness harness(script);
        useTransport(harness);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        plan.send = "please";
        plan.receiveBuffer = 4096;
        plan.waitBeforeReading = 1500;
        std::future<ProgramResult> program = runProgram(harness.localPort(), plan);
        QTRY_VERIFY(harness.server.pairsOpened() == 1);
        quint64 before = 1;
        QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, harness.server.payloadAcknowledged())
                                         == harness.server.payloadAcknowledged()
                                     && before > (1 << 20),
                                 10'000);
        harness.server.killAll(kill);

        const ProgramResult result = EngineHarness::wait(program);

        const quint64 acknowledged = harness.server.payloadAcknowledged();
        QVERIFY(acknowledged > (1 << 20));
        // A record of which the end is missing cannot be decrypted; it holds up to 2^14 bytes (RFC 8446 section 5.1).
        const quint64 brokenRecord = tls ? 1 << 14 : 0;
        QVERIFY2(quint64(result.received.size()) + brokenRecord >= acknowledged,
                 qPrintable(u"%1 of %2"_s.arg(result.received.size()).arg(acknowledged)));
        QVERIFY(result.received == pattern(81, script.sourceBytes).first(result.received.size()));
        QVERIFY(result.reset);
        QCOMPARE(harness.closed().end, ConnectionEnd::TunnelLost);
        QCOMPARE(harness.closed().traffic.bytesDown, quint64(result.received.size()));
    }

    void stalledConnectionSlowsNoOther()
    {
        ServerScript script;
        script.pairs.insert(81, PairScript::Source);
        script.pairs.insert(82, PairScript::NeverRead);
        script.sourceBytes = 24 << 20;
        EngineHarness harness(script);
        useTransport(harness);
        auto options = timesOfRow();
        options.pingIntervalMs = 100;
        options.pingDeadlineMs = 1000;
        harness.manager.setOptions(options);
        harness.start({81, 82, 80});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan reader;
        reader.mayRead = std::make_shared<std::atomic<bool>>(false);
        std::future<ProgramResult> stalledDown = runProgram(harness.localPort(0), reader);
        ProgramPlan writer;
        writer.send = pattern(2, 24 << 20);
        writer.timeoutMs = 3000;
        std::future<ProgramResult> stalledUp = runProgram(harness.localPort(1), writer);
        QElapsedTimer stall;
        stall.start();
        for (int i = 0; i < 10 || stall.elapsed() < 2500; ++i) // the stall outlasts the ping deadline by far
            QVERIFY(harness.run(echoPlan(200'000), 2).received == pattern(7, 200'000));
        QVERIFY(std::none_of(harness.closedConnections.begin(), harness.closedConnections.end(),
                             [](const ConnectionSnapshot &row) { return row.remotePort == 81; }));
        *reader.mayRead = true;
        const ProgramResult down = EngineHarness::wait(stalledDown);
        QCOMPARE(down.received.size(), qsizetype(24 << 20));
        QVERIFY(down.received == pattern(81, 24 << 20));
        QVERIFY(EngineHarness::wait(stalledUp).timedOut); // not reset: a pod that does not read is no dead server
        QCOMPARE(harness.snapshot().state, State::Running);
    }

private:
    static ForwardManager::Options timesOfRow()
    {
        auto options = EngineHarness::shortTimes();
        QFETCH_GLOBAL(const Net::TransportChoice, transport);
        options.transport = transport;
        return options;
    }
    static void useTransport(EngineHarness &harness) { harness.manager.setOptions(timesOfRow()); }
    static ProgramPlan echoPlan(qsizetype size)
    {
        ProgramPlan plan;
        plan.send = pattern(7, size);
        plan.halfClose = true;
        return plan;
    }
    static ConnectionSnapshot rowOfPort(const EngineHarness &harness, quint16 remote)
    {
        for (const ConnectionSnapshot &row : harness.closedConnections) {
            if (row.remotePort == remote)
                return row;
        }
        return {};
    }
};

QTEST_GUILESS_MAIN(TestForwardEnds)
#include "tst_forwardends.moc"
