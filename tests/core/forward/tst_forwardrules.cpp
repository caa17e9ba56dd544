#include "core/forward/backoff.h"
#include "core/forward/forwardspec.h"
#include "core/forward/pingmonitor.h"
#include "core/forward/trafficmeter.h"
#include "core/forward/trouble.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;

/// The engine's rules that need no socket.
class TestForwardRules : public QObject
{
    Q_OBJECT

private slots:
    void troubleDecidesTheState_data()
    {
        QTest::addColumn<Trouble::Kind>("kind");
        QTest::addColumn<bool>("hasRun");
        QTest::addColumn<Decision>("decision");
        const Decision failed{State::Failed, false, false};
        const Decision waiting{State::WaitingForPod, true, false};
        const Decision reconnecting{State::Reconnecting, true, true};
        using Kind = Trouble::Kind;
        for (const bool hasRun : {false, true}) {
            const auto add = [hasRun](const char *name, Kind kind, const Decision &decision) {
                QTest::addRow("%s, %s", name, hasRun ? "has run" : "at first") << kind << hasRun << decision;
            };
            add("bad kubeconfig", Kind::BadConfig, hasRun ? reconnecting : failed);
            add("bad port", Kind::BadPort, failed);
            add("local port busy", Kind::LocalPort, failed);
            add("untrusted", Kind::Untrusted, hasRun ? reconnecting : failed);
            add("403", Kind::Forbidden, failed);
            add("400", Kind::Rejected, hasRun ? reconnecting : failed);
            add("401", Kind::SignIn, {State::SignInNeeded, false, false});
            add("no credentials", Kind::NoCredentials, {State::SignInNeeded, false, false});
            add("404", Kind::PodMissing, hasRun ? waiting : failed);
            add("pod not running", Kind::PodNotRunning, waiting);
            add("pod gone", Kind::PodGone, waiting);
            add("network", Kind::Network, reconnecting);
            add("5xx", Kind::Server, reconnecting);
            add("tunnel lost", Kind::TunnelLost, reconnecting);
        }
    }

    void troubleDecidesTheState()
    {
        QFETCH(const Trouble::Kind, kind);
        QFETCH(const bool, hasRun);
        QFETCH(const Decision, decision);
        QVERIFY(decide(kind, hasRun) == decision);
    }

    void backoffDoublesUpToItsCapAndJittersInTheUpperHalf()
    {
        Backoff longest(500, 30'000, [] { return 0.999999; });
        Backoff shortest(500, 30'000, [] { return 0.0; });
        for (const int full : {500, 1'000, 2'000, 4'000, 8'000, 16'000, 30'000, 30'000}) {
            const int most = longest.next();
            QVERIFY(most <= full && most >= full - 1);
            QCOMPARE(shortest.next(), full / 2);
        }
        for (int i = 0; i < 100; ++i)
            QVERIFY(longest.next() <= 30'000);
        longest.reset();
        QVERIFY(longest.next() <= 500);
    }

    void pings_data()
    {
        // What happened at which millisecond, and the advice at `at`. Interval 5000, deadline 15000, opened at 0.
        QTest::addColumn<QString>("story");
        QTest::addColumn<qint64>("at");
        QTest::addColumn<bool>("peerIsSilent");
        QTest::addColumn<PingMonitor::Advice>("advice");
        using enum PingMonitor::Advice;
        QTest::addRow("first ping at once") << u""_s << qint64(0) << false << SendPing;
        QTest::addRow("not again at once") << u"ping@0"_s << qint64(100) << false << Nothing;
        QTest::addRow("again after the interval") << u"ping@0"_s << qint64(5'000) << false << SendPing;
        QTest::addRow("a busy tunnel needs none") << u"ping@0 heard@4000"_s << qint64(8'999) << false << Nothing;
        QTest::addRow("a quiet one does") << u"ping@0 heard@4000"_s << qint64(9'000) << false << SendPing;
        QTest::addRow("silence is death") << u"ping@0 ping@5000 ping@10000"_s << qint64(15'000) << false << Dead;
        QTest::addRow("not before") << u"ping@0 ping@5000 ping@10000"_s << qint64(14'999) << false << Nothing;
        QTest::addRow("not while we do not read") << u"ping@0 stop@1000"_s << qint64(99'000) << false << Nothing;
        QTest::addRow("counted from the resumption")
            << u"ping@0 stop@1000 go@50000"_s << qint64(64'999) << false << SendPing;
        QTest::addRow("and then death again") << u"ping@0 stop@1000 go@50000"_s << qint64(65'000) << false << Dead;
        QTest::addRow("a pod that does not read")
            << u"ping@0 heard@10 upload@20 ping@99990"_s << qint64(100'000) << false << Nothing;
        QTest::addRow("the answer to a ping from before the upload proves nothing")
            << u"ping@0 upload@20 heard@30 answer@30 ping@99990"_s << qint64(100'000) << false << Nothing;
        QTest::addRow("nor does a pod's byte")
            << u"ping@0 answer@10 upload@20 heard@30 ping@99990"_s << qint64(100'000) << false << Nothing;
        QTest::addRow("the answer to a later ping does")
            << u"ping@0 upload@20 ping@5000 heard@5010 answer@5010"_s << qint64(20'010) << false << Dead;
        QTest::addRow("an answer from before the last ping proves nothing either")
            << u"ping@0 upload@20 ping@5000 upload@5005 heard@5010 answer@5010 ping@99990"_s << qint64(100'000) << false
            << Nothing;
        QTest::addRow("a server that is gone in mid-upload")
            << u"ping@0 heard@10 upload@20"_s << qint64(15'010) << true << Dead;
        QTest::addRow("doubt asks at once") << u"ping@0 heard@100 doubt@200"_s << qint64(200) << false << SendPing;
        QTest::addRow("and waits one interval")
            << u"ping@0 heard@100 doubt@200 ping@200"_s << qint64(5'200) << false << Dead;
        QTest::addRow("an answer ends doubt")
            << u"ping@0 heard@100 doubt@200 ping@200 heard@300"_s << qint64(5'200) << false << Nothing;
    }

    void pings()
    {
        QFETCH(const QString, story);
        QFETCH(const qint64, at);
        QFETCH(const bool, peerIsSilent);
        QFETCH(const PingMonitor::Advice, advice);
        PingMonitor monitor({5'000, 15'000}, 0);
        for (const QString &step : story.split(u' ', Qt::SkipEmptyParts)) {
            const QString what = step.section(u'@', 0, 0);
            const qint64 when = step.section(u'@', 1).toLongLong();
            if (what == "ping"_L1)
                monitor.pingSent(1, when);
            else if (what == "answer"_L1)
                monitor.pingAnswered(1, when);
            else if (what == "heard"_L1)
                monitor.heard(when);
            else if (what == "upload"_L1)
                monitor.uploaded();
            else if (what == "doubt"_L1)
                monitor.doubt(when);
            else
                monitor.setReading(what == "go"_L1, when);
        }
        QVERIFY(monitor.advise(at, peerIsSilent) == advice);
    }

    void roundTripIsOfTheLastPing()
    {
        PingMonitor monitor({5'000, 15'000}, 0);
        monitor.pingSent(1, 100);
        monitor.pingAnswered(1, 123);
        QCOMPARE(monitor.roundTripMs(), 23);
        monitor.pingSent(3, 5'000);
        monitor.pingAnswered(1, 9'000);
        QCOMPARE(monitor.roundTripMs(), 23);
    }

    void ratesAreOfTheLastSecond()
    {
        TrafficMeter meter;
        QVERIFY(!meter.sample(0));
        meter.add(1'000, 500);
        QVERIFY(!meter.sample(500));
        QVERIFY(meter.sample(1'000));
        QCOMPARE(meter.traffic().rateDown, 1'000.0);
        QCOMPARE(meter.traffic().rateUp, 500.0);
        QVERIFY(meter.sample(3'000));
        QVERIFY(meter.isQuiet());
        QVERIFY(!meter.sample(4'000)); // nothing changed
        QCOMPARE(meter.traffic().bytesDown, quint64(1'000));
        for (int i = 5; i < 100; ++i)
            (void)meter.sample(i * 1'000);
        QCOMPARE(meter.history().size(), TrafficMeter::HistorySeconds);
    }

    void commandLineIsQuoted()
    {
        ForwardSpec spec;
        spec.context = u"it's mine"_s;
        spec.namespaceName = u"team"_s;
        spec.target.name = u"web-0"_s;
        spec.ports = {{std::nullopt, u"80"_s}, {quint16(0), u"web"_s}, {quint16(8080), u"81"_s}};
        QCOMPARE(commandLine(spec, u"oc"_s),
                 u"oc --context 'it'\\''s mine' -n team port-forward pod/web-0 80 :web 8080:81"_s);
        spec.addresses = QStringList{u"localhost"_s, u"10.0.0.1"_s};
        QVERIFY(commandLine(spec, u"kubectl"_s).contains(u"--address localhost,10.0.0.1"_s));
    }
};

QTEST_GUILESS_MAIN(TestForwardRules)
#include "tst_forwardrules.moc"
