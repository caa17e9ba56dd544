#include "app/cli/portforwardarguments.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::App;
using namespace Qt::StringLiterals;

class TestPortForwardArguments : public QObject
{
    Q_OBJECT

private slots:
    void readsTargetPortsAndAddresses()
    {
        const auto read = readPortForwardArguments(
            {u"pod/api"_s, u"5000"_s, u"-n"_s, u"shop"_s, u"8080:http"_s, u"--address=127.0.0.1,::1"_s, u":9090"_s});
        QVERIFY(read.hasValue());
        QCOMPARE(read->spec.target, (Kube::TargetRef{Kube::TargetRef::Kind::Pod, u"api"_s}));
        QCOMPARE(read->connection.namespaceName, std::optional(u"shop"_s));
        QCOMPARE(read->spec.addresses, QStringList({u"127.0.0.1"_s, u"::1"_s}));
        const QList<Kube::PortArgument> ports{{.local = std::nullopt, .remote = u"5000"_s},
                                              {.local = quint16(8080), .remote = u"http"_s},
                                              {.local = quint16(0), .remote = u"9090"_s}};
        QCOMPARE(read->spec.ports, ports);
        QVERIFY(!read->podRunningTimeout.has_value());
        QVERIFY(!read->json);
    }

    void localhostIsTheDefaultAddress()
    {
        const auto read = readPortForwardArguments({u"api"_s, u"5000"_s, u"-ojson"_s, u"--pod-running-timeout=2m"_s});
        QVERIFY(read.hasValue());
        QCOMPARE(read->spec.addresses, QStringList{u"localhost"_s});
        QVERIFY(read->json);
        QCOMPARE(read->podRunningTimeout, std::optional(std::chrono::milliseconds(120'000)));
    }

    void refusesInKubectlsWords_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("error");
        const QString seeFlags = u"\nSee 'fairlead port-forward --help' for usage.\n"_s;
        const QString seeHelp = u"\nSee 'fairlead port-forward -h' for help and examples\n"_s;
        const QString needTarget = u"error: TYPE/NAME and list of ports are required for port-forward"_s + seeHelp;
        QTest::addRow("no arguments") << QStringList{} << needTarget;
        QTest::addRow("no ports") << QStringList{u"p"_s} << needTarget;
        QTest::addRow("unknown flag") << QStringList{u"--foo"_s, u"p"_s, u"80"_s}
                                      << u"error: unknown flag: --foo"_s + seeFlags;
        QTest::addRow("timeout of zero") << QStringList{u"--pod-running-timeout"_s, u"0"_s, u"p"_s, u"80"_s}
                                         << u"error: --pod-running-timeout must be higher than zero"_s + seeHelp;
        QTest::addRow("timeout that is none")
            << QStringList{u"--pod-running-timeout"_s, u"abc"_s, u"p"_s, u"80"_s}
            << u"error: invalid argument \"abc\" for \"--pod-running-timeout\" flag: time: invalid duration \"abc\""_s
                + seeFlags;
        QTest::addRow("a wait that is none")
            << QStringList{u"--connection-wait=abc"_s, u"p"_s, u"80"_s}
            << u"error: invalid argument \"abc\" for \"--connection-wait\" flag: time: invalid duration \"abc\""_s
                + seeFlags;
        const QString waitBounds = u"error: --connection-wait must be from 1s to 1h"_s + seeHelp;
        QTest::addRow("a wait of nothing") << QStringList{u"--connection-wait=0"_s, u"p"_s, u"80"_s} << waitBounds;
        QTest::addRow("a wait below zero") << QStringList{u"--connection-wait=-5s"_s, u"p"_s, u"80"_s} << waitBounds;
        QTest::addRow("a wait of less than a second")
            << QStringList{u"--connection-wait=999ms"_s, u"p"_s, u"80"_s} << waitBounds;
        QTest::addRow("a wait of more than an hour")
            << QStringList{u"--connection-wait=1h1ns"_s, u"p"_s, u"80"_s} << waitBounds;
        const QString numberBounds = u"error: --max-waiting must be from 0 to 1000"_s + seeHelp;
        QTest::addRow("less than nobody waits") << QStringList{u"--max-waiting=-1"_s, u"p"_s, u"80"_s} << numberBounds;
        QTest::addRow("too many wait") << QStringList{u"--max-waiting=1001"_s, u"p"_s, u"80"_s} << numberBounds;
        QTest::addRow("a number that is none")
            << QStringList{u"--max-waiting"_s, u"many"_s, u"p"_s, u"80"_s}
            << u"error: invalid argument \"many\" for \"--max-waiting\" flag: strconv.ParseInt: parsing \"many\": "
               "invalid syntax"_s
                + seeFlags;
        QTest::addRow("two slashes") << QStringList{u"a/b/c"_s, u"80"_s}
                                     << u"error: arguments in resource/name form may not have more than one slash\n"_s;
        QTest::addRow("no name behind the slash")
            << QStringList{u"pod/"_s, u"80"_s}
            << u"error: arguments in resource/name form must have a single resource and name\n"_s;
        QTest::addRow("address that needs a resolver") << QStringList{u"--address"_s, u"example.com"_s, u"p"_s, u"80"_s}
                                                       << u"error: example.com is not a valid IP\n"_s;
    }

    void refusesInKubectlsWords()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, error);
        const auto read = readPortForwardArguments(arguments);
        QVERIFY(!read.hasValue());
        QCOMPARE(read.error(), error);
    }

    void aSelectorTakesTheTargetsPlace()
    {
        const auto read = readPortForwardArguments({u"-l"_s, u"app=web"_s, u"8080"_s, u"--pod-policy=round-robin"_s});
        QVERIFY(read.hasValue());
        QCOMPARE(read->spec.target, (Kube::TargetRef{Kube::TargetRef::Kind::Selector, u"app=web"_s}));
        QCOMPARE(read->spec.policy, Forward::PodPolicy::RoundRobin);
        QCOMPARE(read->spec.ports.size(), 1);
        QVERIFY(!read->exitOnLoss);
        QVERIFY(readPortForwardArguments({u"svc/web"_s, u"80"_s, u"--exit-on-loss"_s})->exitOnLoss);
        QVERIFY(!readPortForwardArguments({u"svc/web"_s, u"80"_s, u"--pod-policy=any"_s}));
    }

    void carrierAndRoute()
    {
        const QStringList plain{u"pod/p"_s, u"80"_s};
        QCOMPARE(readPortForwardArguments(plain)->engine.transport, Net::TransportChoice::Auto);
        QCOMPARE(readPortForwardArguments(plain)->engine.route, Forward::Route::PodSubresource);
        const auto with = [&plain](const QString &flag) { return readPortForwardArguments(plain + QStringList{flag}); };
        QCOMPARE(with(u"--transport=spdy"_s)->engine.transport, Net::TransportChoice::Spdy);
        QCOMPARE(with(u"--transport=websocket"_s)->engine.transport, Net::TransportChoice::WebSocket);
        QCOMPARE(with(u"--transport=auto"_s)->engine.transport, Net::TransportChoice::Auto);
        QVERIFY(with(u"--transport=http2"_s).error().contains(u"must be auto, spdy or websocket"_s));
        QCOMPARE(with(u"--route=node-proxy"_s)->engine.route, Forward::Route::NodeProxy);
        QCOMPARE(with(u"--route=pod"_s)->engine.route, Forward::Route::PodSubresource);
        QVERIFY(with(u"--route=elsewhere"_s).error().contains(u"must be pod or node-proxy"_s));
    }

    void howConnectionsAreHeldCanBeSaid_data()
    {
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<int>("waitMs");
        QTest::addColumn<int>("waiting");
        QTest::addRow("as the engine has it") << QStringList{} << 30'000 << 64;
        QTest::addRow("longer") << QStringList{u"--connection-wait=2m30s"_s} << 150'000 << 64;
        QTest::addRow("the shortest") << QStringList{u"--connection-wait"_s, u"1s"_s} << 1'000 << 64;
        QTest::addRow("the longest") << QStringList{u"--connection-wait=1h"_s} << 3'600'000 << 64;
        QTest::addRow("more") << QStringList{u"--max-waiting"_s, u"1000"_s} << 30'000 << 1'000;
        QTest::addRow("none") << QStringList{u"--max-waiting=0"_s} << 30'000 << 0;
    }

    void howConnectionsAreHeldCanBeSaid()
    {
        QFETCH(const QStringList, flags);
        const auto read = readPortForwardArguments(QStringList{u"svc/web"_s, u"80"_s} + flags);
        QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error()));
        QTEST(read->engine.waitForTunnelMs, "waitMs");
        QTEST(read->engine.maxWaiting, "waiting");
    }

    void namesATypeThatLeadsNowhere()
    {
        const auto read = readPortForwardArguments({u"configmap/web"_s, u"80"_s});
        QVERIFY(!read.hasValue());
        QVERIFY(read.error().contains(u"\"configmap\""_s));
    }
};

QTEST_GUILESS_MAIN(TestPortForwardArguments)
#include "tst_portforwardarguments.moc"
