#include "core/forward/transportmemory.h"
#include "tests/core/forward/engineharness.h"

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;
using Net::Transport;
using Net::TransportChoice;

Q_DECLARE_METATYPE(Fairlead::Net::Transport)

/// Which transport is tried first, what makes the engine try the other, and what it remembers.
class TestTransport : public QObject
{
    Q_OBJECT

private slots:
    void theVersionTellsWhatToBeginWith_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<Transport>("transport");
        QTest::addRow("1.31") << u"v1.31.0"_s << Transport::WebSocket;
        QTest::addRow("1.30, where the tunnel is off") << u"v1.30.9"_s << Transport::Spdy;
        QTest::addRow("1.9 is old") << u"v1.9.0"_s << Transport::Spdy;
        QTest::addRow("k3s") << u"v1.33.2+k3s1"_s << Transport::WebSocket;
        QTest::addRow("EKS") << u"v1.29.15-eks-4096722"_s << Transport::Spdy;
        QTest::addRow("without v") << u"1.32.1"_s << Transport::WebSocket;
        QTest::addRow("2.0") << u"v2.0.0"_s << Transport::WebSocket;
        QTest::addRow("nothing") << QString() << Transport::Spdy;
        QTest::addRow("words") << u"unknown"_s << Transport::Spdy;
    }

    void theVersionTellsWhatToBeginWith()
    {
        QFETCH(const QString, version);
        QTEST(transportForVersion(version), "transport");
    }

    void whatWorkedCountsMoreThanTheVersion()
    {
        TransportMemory memory;
        QVERIFY(!memory.likely(u"a"_s));
        memory.expect(u"a"_s, Transport::WebSocket);
        QCOMPARE(memory.likely(u"a"_s), Transport::WebSocket);
        memory.worked(u"a"_s, Transport::Spdy);
        memory.expect(u"a"_s, Transport::WebSocket);
        QCOMPARE(memory.likely(u"a"_s), Transport::Spdy);
        QVERIFY(!memory.likely(u"b"_s));
    }

    void takesWhatTheServerTakes_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<bool>("spdy");
        QTest::addColumn<bool>("webSocket");
        QTest::addColumn<TransportChoice>("choice");
        QTest::addColumn<State>("state");
        QTest::addColumn<Transport>("transport");
        QTest::addColumn<int>("requests"); ///< until the first tunnel is up, or the forward has failed
        const auto row = [](const char *name, const QByteArray &version, bool spdy, bool webSocket,
                            TransportChoice choice, State state, Transport transport, int requests) {
            QTest::addRow("%s", name) << version << spdy << webSocket << choice << state << transport << requests;
        };
        using enum TransportChoice;
        row("both, new", "v1.33.0", true, true, Auto, State::Running, Transport::WebSocket, 1);
        row("both, old", "v1.29.0", true, true, Auto, State::Running, Transport::Spdy, 1);
        row("both, version unknown", "", true, true, Auto, State::Running, Transport::Spdy, 1);
        row("new, but WebSockets are refused", "v1.33.0", true, false, Auto, State::Running, Transport::Spdy, 2);
        row("old, and a gateway removes SPDY", "v1.29.0", false, true, Auto, State::Running, Transport::WebSocket, 2);
        row("neither", "v1.33.0", false, false, Auto, State::Failed, Transport::Spdy, 2);
        row("SPDY forced", "v1.33.0", true, true, Spdy, State::Running, Transport::Spdy, 1);
        row("WebSocket forced", "v1.29.0", true, true, WebSocket, State::Running, Transport::WebSocket, 1);
        row("SPDY forced and refused", "v1.33.0", false, true, Spdy, State::Failed, Transport::Spdy, 1);
        row("WebSocket forced and refused", "v1.33.0", true, false, WebSocket, State::Failed, Transport::Spdy, 1);
    }

    void takesWhatTheServerTakes()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const bool, spdy);
        QFETCH(const bool, webSocket);
        QFETCH(const TransportChoice, choice);
        QFETCH(const State, state);
        QFETCH(const Transport, transport);
        QFETCH(const int, requests);
        ServerScript script;
        script.version = version;
        script.spdy = spdy;
        script.webSocket = webSocket;
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.transport = choice;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY2(harness.reaches(state), qPrintable(harness.snapshot().reason.text));
        if (state == State::Failed) {
            QVERIFY(!harness.snapshot().transport);
            QCOMPARE(harness.server.upgradeRequests(), requests);
            return;
        }
        QCOMPARE(harness.snapshot().transport, transport);
        QCOMPARE(harness.server.upgradeRequests(), requests);

        // From now on it is known: no more refusals.
        ProgramPlan plan;
        plan.send = pattern(7, 1000);
        plan.halfClose = true;
        for (int i = 0; i < 3; ++i) {
            harness.server.killAll(FaultServer::Kill::Reset);
            QTRY_VERIFY(harness.run(plan).received == plan.send);
        }
        const int refused = requests - 1;
        QCOMPARE(harness.server.upgradeRequests() - harness.server.upgraded(), refused);
        const bool overWebSocket = transport == Transport::WebSocket;
        QCOMPARE(harness.server.webSockets(), overWebSocket ? harness.server.upgraded() : 0);
    }

    /// The server is upgraded, or the gateway before it replaced: what worked does not any more.
    void changesWithItsServer()
    {
        ServerScript script;
        script.version = "v1.33.0";
        EngineHarness harness(script);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        QCOMPARE(harness.snapshot().transport, Transport::WebSocket);
        for (const bool webSocket : {false, true}) {
            script.webSocket = webSocket;
            script.spdy = !webSocket;
            harness.server.setScript(script);
            harness.server.killAll(FaultServer::Kill::Reset);
            QTRY_COMPARE(harness.snapshot().transport, webSocket ? Transport::WebSocket : Transport::Spdy);
            QVERIFY(harness.reaches(State::Running));
        }
    }

    void aGatewayIsNamed_data()
    {
        QTest::addColumn<UpgradeScript>("upgrade");
        QTest::addColumn<bool>("passes"); ///< what is asked for gets to the script
        QTest::addColumn<QString>("words");
        QTest::addRow("HTML to both") << UpgradeScript::Html502 << true << u"A proxy or load balancer at 127.0.0.1"_s;
        QTest::addRow("no upgrade passes") << UpgradeScript::Accept << false << u"a proxy in between removed it"_s;
    }

    void aGatewayIsNamed()
    {
        QFETCH(const UpgradeScript, upgrade);
        QFETCH(const bool, passes);
        QFETCH(const QString, words);
        for (const QByteArray &version : {"v1.29.0"_ba, "v1.33.0"_ba}) {
            ServerScript script;
            script.version = version;
            script.upgrade = upgrade;
            script.spdy = script.webSocket = passes;
            EngineHarness harness(script);
            harness.start();
            QTRY_VERIFY2(harness.snapshot().reason.text.contains(words), qPrintable(harness.snapshot().reason.text));
        }
    }

    /// Trouble of the pod or the server is the same over each transport; asking twice would only double the load.
    void troubleIsNotAskedTwice_data()
    {
        QTest::addColumn<UpgradeScript>("upgrade");
        QTest::addRow("401") << UpgradeScript::Unauthorized;
        QTest::addRow("404 of the API server") << UpgradeScript::NotFound;
        QTest::addRow("500") << UpgradeScript::ServerError;
        QTest::addRow("closed") << UpgradeScript::Close;
    }

    void troubleIsNotAskedTwice()
    {
        QFETCH(const UpgradeScript, upgrade);
        ServerScript script;
        script.upgrade = upgrade;
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.firstRetryMs = options.maxRetryMs = 60'000;
        harness.manager.setOptions(options);
        harness.start();
        QTRY_VERIFY(harness.snapshot().state != State::Stopped && harness.snapshot().state != State::Starting);
        const int tries = upgrade == UpgradeScript::Unauthorized ? 2 : 1; // once with fresh credentials
        QCOMPARE(harness.server.upgradeRequests(), tries);
    }

    /// One refused and the other lost on the way: nobody knows yet whether the other would do, so it is tried again.
    void aTransportThatGotNoAnswerIsAskedAgain()
    {
        ServerScript script;
        script.version = "v1.33.0";
        script.webSocket = false;
        script.upgrade = UpgradeScript::Close;
        EngineHarness harness(script);
        harness.start();
        QTRY_VERIFY(harness.server.upgradeRequests() >= 4);
        QVERIFY2(harness.snapshot().state != State::Failed, qPrintable(harness.snapshot().reason.text));
        script.upgrade = UpgradeScript::Accept;
        harness.server.setScript(script);
        QVERIFY2(harness.reaches(State::Running), qPrintable(harness.snapshot().reason.text));
        QCOMPARE(harness.snapshot().transport, Transport::Spdy);
    }

    void theNodesProxyIsAnotherWay()
    {
        ServerScript script;
        script.version = "v1.33.0";
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.route = Route::NodeProxy;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        QCOMPARE(harness.snapshot().transport, Transport::Spdy);
        QCOMPARE(harness.server.lastUpgradePath(), "/api/v1/nodes/n/proxy/portForward/default/pod"_ba);
        ProgramPlan plan;
        plan.send = pattern(7, 1000);
        plan.halfClose = true;
        QVERIFY(harness.run(plan).received == plan.send);
    }

    /// Who may not read the pod does not know its node.
    void theNodesProxyNeedsToKnowTheNode()
    {
        ServerScript script;
        script.podStatus = 403;
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.route = Route::NodeProxy;
        harness.manager.setOptions(options);
        harness.start();
        QVERIFY(harness.reaches(State::Failed));
        QVERIFY(harness.snapshot().reason.text.contains(u"is not known"_s));
        QCOMPARE(harness.server.upgradeRequests(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
