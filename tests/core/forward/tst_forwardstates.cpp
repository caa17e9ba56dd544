#include "tests/core/forward/engineharness.h"

#include <QTcpServer>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

/// What becomes of a forward when servers, pods and ports fail, and that it comes back. Groups B12, D, E, F.
class TestForwardStates : public QObject
{
    Q_OBJECT

private slots:
    void startMeets_data()
    {
        QTest::addColumn<ServerScript>("script");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("triesAgain");
        const auto pod = [](int status, const QString &phase = u"Running"_s) {
            ServerScript script;
            script.podStatus = status;
            script.podPhase = phase;
            return script;
        };
        const auto upgrade = [](UpgradeScript answer) {
            ServerScript script;
            script.upgrade = answer;
            return script;
        };
        QTest::addRow("pod 401") << pod(401) << State::SignInNeeded << u"Unauthorized"_s << false;
        QTest::addRow("pod 404") << pod(404) << State::Failed << u"pods \"pod\" not found"_s << false;
        QTest::addRow("pod 502 from a proxy") << pod(502) << State::Reconnecting << QString() << true;
        QTest::addRow("pod pending") << pod(200, u"Pending"_s) << State::WaitingForPod
                                     << u"unable to forward port because pod is not running. Current status=Pending"_s
                                     << true;
        QTest::addRow("pod completed") << pod(200, u"Succeeded"_s) << State::WaitingForPod << u"Succeeded"_s << true;
        using enum UpgradeScript;
        QTest::addRow("upgrade 401") << upgrade(Unauthorized) << State::SignInNeeded << u"Unauthorized"_s << false;
        QTest::addRow("upgrade 403") << upgrade(UpgradeScript::Forbidden) << State::Failed << u"forbidden"_s << false;
        QTest::addRow("upgrade 404") << upgrade(NotFound) << State::Failed << u"not found"_s << false;
        QTest::addRow("upgrade 500") << upgrade(ServerError) << State::Reconnecting << u"dialing backend"_s << true;
        QTest::addRow("upgrade 502 HTML") << upgrade(Html502) << State::Reconnecting << u"502"_s << true;
        QTest::addRow("upgrade 200") << upgrade(Ok200) << State::Reconnecting << u"200"_s << true;
        QTest::addRow("101 without protocol")
            << upgrade(NoProtocolHeader) << State::Reconnecting << u"protocol"_s << true;
        QTest::addRow("no answer") << upgrade(Never) << State::Reconnecting << u"i/o timeout"_s << true;
        QTest::addRow("closed") << upgrade(Close) << State::Reconnecting << QString() << true;
    }

    void startMeets()
    {
        QFETCH(const ServerScript, script);
        QFETCH(const State, state);
        QFETCH(const QString, words);
        QFETCH(const bool, triesAgain);
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.connectTimeoutMs = 500;
        harness.manager.setOptions(options);
        QSignalSpy added(&harness.manager, &ForwardManager::listening);
        harness.start();

        QVERIFY(harness.reaches(state));

        const Reason reason = harness.snapshot().reason;
        QVERIFY(!reason.text.isEmpty());
        const QString all = reason.text + u' ' + reason.detail + u' ' + reason.kubectlText;
        QVERIFY2(all.contains(words), qPrintable(all));
        QVERIFY(!reason.kubectlText.isEmpty());
        QCOMPARE(added.size(), 0);

        // What repairs itself is noticed without help, the rest needs a Retry.
        harness.server.setScript({});
        if (!triesAgain) {
            QTest::qWait(300);
            QCOMPARE(harness.snapshot().state, state);
            harness.manager.retry(harness.id);
        }
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000));
    }

    void mayForwardButNotReadPods()
    {
        ServerScript script;
        script.podStatus = 403;
        EngineHarness harness(script);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000));
    }

    void namedPortsAreLookedUp()
    {
        EngineHarness harness;
        harness.id = harness.manager.add(specWith({{quint16(0), u"web"_s}}));
        harness.manager.start(harness.id);
        QVERIFY(harness.reaches(State::Running));
        QCOMPARE(harness.snapshot().ports.at(0).remotePort, quint16(80));
        QCOMPARE(harness.snapshot().ports.at(0).name, u"web"_s);
    }

    void unknownPortNameFails()
    {
        EngineHarness harness;
        harness.id = harness.manager.add(specWith({{quint16(0), u"nope"_s}}));
        harness.manager.start(harness.id);
        QVERIFY(harness.reaches(State::Failed));
        QCOMPARE(harness.snapshot().reason.kubectlText, u"error: Pod 'pod' does not have a named port 'nope'"_s);
    }

    void unusableConnectionFails()
    {
        ForwardManager manager([](const Kube::ContextRef &) -> Result<Kube::ConnectionConfig, QString> {
            return Failure{u"context \"x\" does not exist"_s};
        });
        const ForwardId id = manager.add(specWith({{quint16(0), u"80"_s}}));
        manager.start(id);
        QTRY_COMPARE(manager.snapshot(id).state, State::Failed);
        QCOMPARE(manager.snapshot(id).reason.text, u"context \"x\" does not exist"_s);
    }

    void nobodyListensAtTheServer()
    {
        EngineHarness harness;
        harness.server.setListening(false);
        harness.start();
        QVERIFY(harness.reaches(State::Reconnecting));
        harness.server.setListening(true);
        QVERIFY(harness.reaches(State::Running));
    }

    void whoWaitsLongIsWokenByTheFirstThatReachesTheServer()
    {
        EngineHarness harness;
        harness.server.setListening(false);
        auto patient = EngineHarness::shortTimes();
        patient.firstRetryMs = patient.maxRetryMs = 3'600'000;
        harness.manager.setOptions(patient);
        harness.start();
        QVERIFY(harness.reaches(State::Reconnecting));
        harness.server.setListening(true);
        harness.manager.setOptions(EngineHarness::shortTimes());

        const ForwardId another = harness.manager.add(EngineHarness::spec());
        harness.manager.start(another);

        QTRY_COMPARE(harness.manager.snapshot(another).state, State::Running);
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000));
    }

    void untrustedCertificateFails()
    {
        FaultServer server;
        ForwardManager manager([&server](const Kube::ContextRef &) {
            Kube::ConnectionConfig config = server.connection();
            config.tls.caPem.clear();
            return Result<Kube::ConnectionConfig, QString>(config);
        });
        const ForwardId id = manager.add(specWith({{quint16(0), u"80"_s}}));
        manager.start(id);
        QTRY_COMPARE(manager.snapshot(id).state, State::Failed);
    }

    void spdyBytesGluedToThe101AreKept()
    {
        ServerScript script;
        script.upgrade = UpgradeScript::AcceptWithGluedPing;
        EngineHarness harness(script);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000));
    }

    void lostTunnelComesBackOnTheSamePort_data()
    {
        QTest::addColumn<FaultServer::Kill>("kill");
        QTest::addRow("TCP RST") << FaultServer::Kill::Reset;
        QTest::addRow("TLS truncation") << FaultServer::Kill::Fin;
        QTest::addRow("GOAWAY") << FaultServer::Kill::GoAway;
    }

    void lostTunnelComesBackOnTheSamePort()
    {
        QFETCH(const FaultServer::Kill, kill);
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        const quint16 port = harness.localPort();
        ProgramPlan idle;
        idle.send = "x";
        std::future<ProgramResult> program = runProgram(port, idle);
        QTRY_COMPARE(harness.snapshot().traffic.bytesDown, quint64(1));
        // The next connection's tunnel, too: were it still on its way, the forward would rightly stay Running.
        QTRY_COMPARE(harness.server.openUpgrades(), 2);

        harness.server.killAll(kill);

        QVERIFY(EngineHarness::wait(program).reset);
        QCOMPARE(harness.closed().end, ConnectionEnd::TunnelLost);
        QTRY_VERIFY(harness.states.contains(State::Reconnecting));
        QVERIFY(harness.reaches(State::Running));
        QCOMPARE(harness.localPort(), port);
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000));
    }

    void blackHoleIsNoticedAndWaitersAreServedAfterwards()
    {
        EngineHarness harness;
        auto options = EngineHarness::shortTimes();
        options.pingIntervalMs = 100;
        options.pingDeadlineMs = 400;
        options.connectTimeoutMs = 300;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        harness.server.setBlackHole(true);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(harness.reaches(State::Reconnecting));
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));

        std::future<ProgramResult> parked = runProgram(harness.localPort(), echoPlan());
        QTRY_COMPARE(harness.snapshot().openConnections, 1);
        harness.server.setBlackHole(false);

        const ProgramResult result = EngineHarness::wait(parked);
        QVERIFY(result.received == pattern(7, 1000));
        QVERIFY(harness.reaches(State::Running));
    }

    void pingsKeepAQuietTunnel()
    {
        EngineHarness harness;
        auto options = EngineHarness::shortTimes();
        options.pingIntervalMs = 50;
        options.pingDeadlineMs = 500;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        QTest::qWait(1500);
        QCOMPARE(harness.states, (QList<State>{State::Starting, State::Running}));
        QTRY_VERIFY(harness.snapshot().roundTripMs.has_value());
        QCOMPARE(harness.server.upgraded(), 1);
    }

    void silentPingsEndTheTunnel()
    {
        ServerScript script;
        script.answerPings = false;
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.pingIntervalMs = 50;
        options.pingDeadlineMs = 300;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.reaches(State::Reconnecting));
    }

    void waitingIsBounded()
    {
        ServerScript script;
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.maxWaiting = 3;
        options.waitForTunnelMs = 600;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        script.podStatus = 503;
        script.upgrade = UpgradeScript::ServerError;
        harness.server.setScript(script);
        harness.server.killAll(FaultServer::Kill::Fin);
        QVERIFY(harness.reaches(State::Reconnecting));
        std::vector<std::future<ProgramResult>> programs;
        for (int i = 0; i < 5; ++i)
            programs.push_back(runProgram(harness.localPort(), echoPlan()));
        for (auto &program : programs)
            QVERIFY(EngineHarness::wait(program).reset);
        QTRY_COMPARE(harness.closedConnections.size(), 5);
        int late = 0;
        for (const ConnectionSnapshot &row : harness.closedConnections) {
            QCOMPARE(row.end, ConnectionEnd::NoTunnel);
            late += row.durationMs >= 500;
        }
        QCOMPARE(late, 3);
    }

    void retrySkipsTheWait()
    {
        EngineHarness harness;
        auto options = EngineHarness::shortTimes();
        options.firstRetryMs = options.maxRetryMs = 600'000;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        harness.server.killAll(FaultServer::Kill::Fin);
        QVERIFY(harness.reaches(State::Reconnecting));
        QTRY_VERIFY(harness.snapshot().reason.nextTry > QDateTime::currentDateTimeUtc().addSecs(60));
        const quint16 port = harness.localPort();

        harness.manager.retry(harness.id);

        QVERIFY(harness.reaches(State::Running));
        QCOMPARE(harness.localPort(), port);
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000));
    }

    void healthResetsTheBackoff_data()
    {
        QTest::addColumn<int>("healthyAfterMs");
        QTest::addColumn<bool>("grows");
        QTest::addRow("losses of a healthy forward are each the first one") << 0 << false;
        QTest::addRow("losses soon after each other make it wait longer") << 600'000 << true;
    }

    void healthResetsTheBackoff()
    {
        QFETCH(const int, healthyAfterMs);
        QFETCH(const bool, grows);
        EngineHarness harness;
        auto options = EngineHarness::shortTimes();
        options.firstRetryMs = 50;
        options.maxRetryMs = 600'000;
        options.healthyAfterMs = healthyAfterMs;
        harness.manager.setOptions(options);
        QList<qint64> waits;
        connect(&harness.manager, &ForwardManager::stateChanged, this,
                [&](ForwardId, State state, const Reason &reason) {
                    if (state == State::Reconnecting && reason.nextTry)
                        waits << reason.since.msecsTo(*reason.nextTry);
                });
        harness.start();
        constexpr int Losses = 5;
        for (int loss = 0; loss < Losses; ++loss) {
            QVERIFY(harness.reaches(State::Running));
            QTRY_VERIFY(harness.server.openUpgrades() > 0);
            harness.server.killAll(FaultServer::Kill::Fin);
            QTRY_VERIFY(waits.size() > loss);
        }
        // The fifth wait in a row is at least half of 50 ms doubled four times.
        QCOMPARE(*std::max_element(waits.begin(), waits.end()) > options.firstRetryMs, grows);
    }

    void podGoneMakesTheForwardWait()
    {
        ServerScript script;
        script.pairs.insert(80, PairScript::SourceThenErrorNew);
        script.errorText = "error forwarding port 80 to pod 0123, uid : failed to find sandbox \"0123\" in store: not "
                           "found";
        EngineHarness harness(script);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        script.podStatus = 404;
        harness.server.setScript(script);

        std::future<ProgramResult> first = runProgram(harness.localPort(), echoPlan()); // it finds out

        QVERIFY(harness.reaches(State::WaitingForPod));
        QTest::qWait(300); // still polling: a pod that was there before is waited for
        QCOMPARE(harness.snapshot().state, State::WaitingForPod);
        std::future<ProgramResult> parked = runProgram(harness.localPort(), echoPlan());
        QTRY_COMPARE(harness.snapshot().waitingConnections, 2);
        harness.server.setScript({});
        QVERIFY(EngineHarness::wait(first).received == pattern(7, 1000));
        QVERIFY(EngineHarness::wait(parked).received == pattern(7, 1000));
        QVERIFY(harness.reaches(State::Running));
    }

    void whatALostPodHasBegunIsNotServedByAnother()
    {
        ServerScript script;
        script.pairs.insert(80, PairScript::SourceThenErrorNew);
        script.sourceBytes = 1'000;
        script.errorText = "error forwarding port 80 to pod 0123, uid : failed to find sandbox \"0123\" in store: not "
                           "found";
        EngineHarness harness(script);
        harness.start();
        QVERIFY(harness.reaches(State::Running));

        QVERIFY(harness.run().reset);

        QCOMPARE(harness.closed().end, ConnectionEnd::PodGone);
    }

    void stopInEveryPhaseLeavesNothing_data()
    {
        QTest::addColumn<ServerScript>("script");
        QTest::addColumn<int>("afterMs");
        ServerScript never;
        never.upgrade = UpgradeScript::Never;
        ServerScript refused;
        refused.upgrade = UpgradeScript::ServerError;
        QTest::addRow("at once") << ServerScript{} << 0;
        QTest::addRow("while asking") << ServerScript{} << 5;
        QTest::addRow("while upgrading") << never << 300;
        QTest::addRow("while waiting to retry") << refused << 300;
        QTest::addRow("while running") << ServerScript{} << 500;
    }

    void stopInEveryPhaseLeavesNothing()
    {
        QFETCH(const ServerScript, script);
        QFETCH(const int, afterMs);
        EngineHarness harness(script);
        harness.start();
        QTest::qWait(afterMs);
        harness.manager.stop(harness.id);
        QVERIFY(harness.reaches(State::Stopped));
        QTest::qWait(300);
        QCOMPARE(harness.snapshot().state, State::Stopped);
        QTRY_COMPARE(harness.server.openUpgrades(), 0);
        harness.server.setScript({});
        harness.manager.start(harness.id);
        QVERIFY(harness.reaches(State::Running));
    }

    void stopResetsConnectionsAndClosesThePort()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        const quint16 port = harness.localPort();
        ProgramPlan plan;
        plan.send = "x";
        std::future<ProgramResult> program = runProgram(port, plan);
        QTRY_COMPARE(harness.snapshot().traffic.bytesDown, quint64(1));
        harness.manager.stop(harness.id);
        QVERIFY(EngineHarness::wait(program).reset);
        QCOMPARE(harness.closed().end, ConnectionEnd::Stopped);
        std::future<ProgramResult> refused = runProgram(port);
        QVERIFY(!EngineHarness::wait(refused).connected);
        QTRY_COMPARE(harness.server.openUpgrades(), 0);
    }

    void removeWhileRunning()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        const quint16 port = harness.localPort();
        ProgramPlan plan;
        plan.send = "x";
        std::future<ProgramResult> program = runProgram(port, plan);
        QTRY_COMPARE(harness.snapshot().traffic.bytesDown, quint64(1));
        harness.manager.remove(harness.id);
        QVERIFY(harness.manager.ids().isEmpty());
        QVERIFY(EngineHarness::wait(program).reset);
        QTRY_COMPARE(harness.server.openUpgrades(), 0);
    }

    void busyPortIsNamed()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::LocalHost));
        EngineHarness harness;
        harness.id = harness.manager.add(specWith({{holder.serverPort(), u"80"_s}}));
        harness.manager.start(harness.id);
        QVERIFY(harness.reaches(State::Failed));
        const Reason reason = harness.snapshot().reason;
        QVERIFY2(reason.text.contains(u"tst_forwardstat"_s), qPrintable(reason.text));
        QVERIFY(reason.text.contains(QString::number(QCoreApplication::applicationPid())));
        QCOMPARE(reason.kubectlText,
                 u"error: unable to listen on any of the requested ports: [{%1 80}]"_s.arg(holder.serverPort()));
        holder.close();
        harness.manager.retry(harness.id);
        QVERIFY(harness.reaches(State::Running));
    }

    void onePortOfTwoIsEnough()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::LocalHost));
        EngineHarness harness;
        harness.id = harness.manager.add(specWith({{holder.serverPort(), u"80"_s}, {quint16(0), u"80"_s}}));
        QSignalSpy listening(&harness.manager, &ForwardManager::listening);
        harness.manager.start(harness.id);
        QVERIFY(harness.reaches(State::Running));
        QCOMPARE(listening.size(), 1);
        QVERIFY(harness.snapshot().ports.at(0).listeners.at(0).systemError != 0);
        QVERIFY(harness.run(echoPlan(), 1).received == pattern(7, 1000));
    }

    void updateRestartsWithTheNewPort()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        harness.manager.update(harness.id, specWith({{quint16(0), u"81"_s}}));
        QTRY_COMPARE(harness.snapshot().ports.value(0).remotePort, quint16(81));
        QVERIFY(harness.reaches(State::Running));
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000));
    }

    void anotherNameAndOtherWordsDoNotRestart()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        const quint16 port = harness.localPort();
        harness.states.clear();
        ForwardSpec spec = harness.snapshot().spec;
        spec.name = u"Orders"_s;
        spec.about = {u"Ask Ann first."_s, {u"db"_s}, u"red"_s, u"/login"_s};
        QSignalSpy changed(&harness.manager, &ForwardManager::changed);

        harness.manager.update(harness.id, spec);

        QCOMPARE(harness.snapshot().spec, spec);
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(harness.run(echoPlan()).received == pattern(7, 1000)); // also gives the worker time to say otherwise
        QCOMPARE(harness.localPort(), port);
        QVERIFY(harness.states.isEmpty());
        QCOMPARE(harness.snapshot().spec, spec);
    }

private:
    static ProgramPlan echoPlan()
    {
        ProgramPlan plan;
        plan.send = pattern(7, 1000);
        plan.halfClose = true;
        return plan;
    }
    static ForwardSpec specWith(const QList<Kube::PortArgument> &ports)
    {
        ForwardSpec spec;
        spec.context = u"test"_s;
        spec.namespaceName = u"default"_s;
        spec.target.name = u"pod"_s;
        spec.addresses = QStringList{u"127.0.0.1"_s};
        spec.ports = ports;
        return spec;
    }
};

QTEST_GUILESS_MAIN(TestForwardStates)
#include "tst_forwardstates.moc"
