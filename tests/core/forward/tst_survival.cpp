#include "tests/core/forward/livecluster.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;
using Demo::DemoCluster;

using Event = std::function<void(DemoCluster &)>;
Q_DECLARE_METATYPE(Event)
Q_DECLARE_METATYPE(Fairlead::Net::TransportChoice)

namespace {

/// Makes a kubeconfig name files for certificate and key instead of holding them.
class CredentialFiles
{
public:
    explicit CredentialFiles(const QString &kubeconfig)
        : m_certificateFile(kubeconfig + u".crt"_s)
    {
        QFile file(kubeconfig);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        m_certificate = takeData(text, "client-certificate", m_certificateFile);
        takeData(text, "client-key", kubeconfig + u".key"_s);
        static const QRegularExpression authority(u"certificate-authority-data: (\\S+)"_s);
        m_otherCertificate = QByteArray::fromBase64(authority.match(QString::fromLatin1(text)).captured(1).toLatin1());
        file.resize(0);
        file.seek(0);
        file.write(text);
        write(m_certificateFile, m_certificate);
    }
    void writeCertificateOfAnotherKey() const { write(m_certificateFile, m_otherCertificate); }
    void writeCertificate() const { write(m_certificateFile, m_certificate); }

private:
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static QByteArray takeData(QByteArray &text, const QByteArray &field, const QString &path)
    {
        const QRegularExpression pattern(QString::fromLatin1(field) + u"-data: (\\S+)"_s);
        const auto match = pattern.match(QString::fromLatin1(text));
        const QByteArray bytes = QByteArray::fromBase64(match.captured(1).toLatin1());
        text.replace(match.captured().toLatin1(), field + ": " + path.toUtf8());
        write(path, bytes);
        return bytes;
    }

    QString m_certificateFile;
    QByteArray m_certificate;
    QByteArray m_otherCertificate;
};

} // namespace

/// Forwards outlive pods, owners' changes and API servers: the local port never closes, who connects meanwhile is
/// served afterwards, and the state says what is going on. Against the demo cluster's controllers and node.
class TestSurvival : public QObject
{
    Q_OBJECT

private slots:
    void targetsAreResolved_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("port");
        QTest::addColumn<int>("remotePort");
        QTest::addRow("pod") << u"web"_s << u"http"_s << 8080;
        QTest::addRow("service, number") << u"svc/web"_s << u"80"_s << 8080;
        QTest::addRow("service, name") << u"svc/api"_s << u"http"_s << 5000;
        QTest::addRow("deployment") << u"deploy/api"_s << u"http"_s << 5000;
        QTest::addRow("replica set") << u"rs/api-6b8c7d5f9b"_s << u"5000"_s << 5000;
        QTest::addRow("job") << u"job/reindex"_s << u"status"_s << 8090;
        QTest::addRow("replication controller") << u"rc/legacy-1"_s << u"http"_s << 8080;
        QTest::addRow("deployment config") << u"dc/legacy"_s << u"http"_s << 8080;
    }

    void targetsAreResolved()
    {
        QFETCH(const QString, target);
        QFETCH(const QString, port);
        LiveCluster live;
        QVERIFY2(live.problem().isEmpty(), qPrintable(live.problem()));
        live.forward(target, port);
        QVERIFY2(live.reaches(State::Running), qPrintable(live.snapshot().reason.text));
        QTEST(int(live.snapshot().ports.at(0).remotePort), "remotePort");
        QVERIFY(LiveCluster::isPage(live.get()));
        QCOMPARE(live.snapshot().pods.size(), 1);
    }

    void aTargetThatIsNotThereFails_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("port");
        QTest::addColumn<QString>("words");
        QTest::addRow("deployment") << u"deploy/nope"_s << u"80"_s << u"deployments.apps \"nope\" not found"_s;
        QTest::addRow("service") << u"svc/nope"_s << u"80"_s << u"services \"nope\" not found"_s;
        QTest::addRow("service without selector") << u"svc/kubernetes"_s << u"443"_s << u"without a selector"_s;
        QTest::addRow("service without that port") << u"svc/web"_s << u"81"_s << u"does not have a service port 81"_s;
        QTest::addRow("pod without that port")
            << u"deploy/api"_s << u"nope"_s << u"does not have a named port 'nope'"_s;
    }

    void aTargetThatIsNotThereFails()
    {
        QFETCH(const QString, target);
        QFETCH(const QString, port);
        QFETCH(const QString, words);
        LiveCluster live;
        live.forward(target, port);
        QVERIFY2(live.reaches(State::Failed), qPrintable(live.snapshot().reason.text));
        QVERIFY2(live.snapshot().reason.kubectlText.contains(words), qPrintable(live.snapshot().reason.kubectlText));
    }

    void outlives_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<Event>("event");
        const auto deletePod = [](const QString &kind, const QString &name) -> Event {
            return [kind, name](DemoCluster &cluster) {
                for (const QString &pod : cluster.podsOf(kind, u"default"_s, name))
                    QVERIFY(cluster.deletePod(u"default"_s, pod));
            };
        };
        const Event roll = [](DemoCluster &cluster) { QVERIFY(cluster.roll(u"deploy"_s, u"default"_s, u"api"_s)); };
        const Event recreate = [](DemoCluster &cluster) {
            const QJsonObject strategy{{u"strategy"_s, QJsonObject{{u"type"_s, u"Recreate"_s}}}};
            QVERIFY(cluster.patch(u"deploy"_s, u"default"_s, u"api"_s, {{u"spec"_s, strategy}}));
            QVERIFY(cluster.roll(u"deploy"_s, u"default"_s, u"api"_s));
        };
        const Event serverGone = [](DemoCluster &cluster) {
            cluster.takeServerDown();
            QTest::qWait(300);
            QVERIFY(cluster.bringServerUp());
        };
        QTest::addRow("all pods of a deployment deleted") << u"deploy/api"_s << deletePod(u"deploy"_s, u"api"_s);
        QTest::addRow("all pods behind a service deleted") << u"svc/api"_s << deletePod(u"deploy"_s, u"api"_s);
        QTest::addRow("a deployment rolled, new before old") << u"deploy/api"_s << roll;
        QTest::addRow("a deployment rolled, old before new") << u"deploy/api"_s << recreate;
        QTest::addRow("all pods of an OKD deployment deleted") << u"dc/legacy"_s << deletePod(u"rc"_s, u"legacy-1"_s);
        QTest::addRow("the API server stopped and started") << u"deploy/api"_s << serverGone;
    }

    void outlives()
    {
        QFETCH(const QString, target);
        QFETCH(const Event, event);
        LiveCluster live;
        live.forward(target, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        const QStringList before = live.snapshot().pods;
        const quint16 port = live.port();
        QVERIFY(LiveCluster::isPage(live.get()));
        PortWatcher watcher(port);

        event(live.cluster);
        if (QTest::currentTestFailed())
            return;
        std::vector<std::future<ProgramResult>> programs;
        for (int i = 0; i < 5; ++i)
            programs.push_back(LiveCluster::startGet(port));
        QTRY_VERIFY_WITH_TIMEOUT(live.states.size() > 2 || live.snapshot().pods != before, 10'000);

        // Whoever connects now is served, if not at once.
        QTRY_VERIFY_WITH_TIMEOUT(LiveCluster::isPage(live.get()), 20'000);
        QVERIFY(live.reaches(State::Running));
        // Who came in the meantime was served by what came next, or by the last pod to its end; nobody was turned away.
        for (auto &program : programs)
            (void)LiveCluster::wait(program);
        QVERIFY(std::none_of(live.closed.begin(), live.closed.end(),
                             [](const auto &connection) { return connection.end == ConnectionEnd::NoTunnel; }));
        watcher.stop();
        QVERIFY(watcher.made() > 0);
        QCOMPARE(watcher.refused(), 0);
        QCOMPARE(live.port(), port);
        QVERIFY(!live.states.contains(State::Failed));
        QVERIFY(!live.states.contains(State::Stopped));
    }

    void aPodThatComesBackUnderItsNameIsTakenUp_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addRow("the pod") << u"pod/db-0"_s;
        QTest::addRow("its stateful set") << u"sts/db"_s;
        QTest::addRow("its headless service") << u"svc/db"_s;
    }

    void aPodThatComesBackUnderItsNameIsTakenUp()
    {
        QFETCH(const QString, target);
        LiveCluster live;
        live.forward(target, u"5432"_s);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.echoes());
        const quint16 port = live.port();
        QVERIFY(live.cluster.deletePod(u"default"_s, u"db-0"_s));
        QTRY_VERIFY(live.states.contains(State::WaitingForPod));
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.echoes());
        QCOMPARE(live.port(), port);
        QVERIFY(live.snapshot().reconnects >= 1);
    }

    void scaledToNothingAndBack()
    {
        LiveCluster live;
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 0));
        QVERIFY(live.reaches(State::WaitingForPod));
        QTRY_COMPARE(live.snapshot().reason.text, u"deployment/api has no pods."_s);

        std::vector<std::future<ProgramResult>> parked;
        for (int i = 0; i < 5; ++i)
            parked.push_back(LiveCluster::startGet(live.port()));
        QTRY_COMPARE(live.snapshot().waitingConnections, 5);
        QVERIFY(live.cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 1));
        for (auto &program : parked)
            QVERIFY(LiveCluster::isPage(LiveCluster::wait(program)));
        QCOMPARE(live.snapshot().state, State::Running);
        QTRY_COMPARE(live.closed.size(), 5);
        for (const ConnectionSnapshot &connection : live.closed)
            QCOMPARE(connection.end, ConnectionEnd::ByPod);
    }

    void whoWaitedLongestIsServedFirst()
    {
        LiveCluster live;
        live.options.maxTunnels = live.options.maxPairsPerTunnel = 1; // one after another
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 0));
        QVERIFY(live.reaches(State::WaitingForPod));
        QTRY_COMPARE(live.snapshot().reason.text, u"deployment/api has no pods."_s);
        constexpr int Programs = 6;
        std::vector<std::future<ProgramResult>> parked;
        for (int i = 0; i < Programs; ++i) {
            parked.push_back(LiveCluster::startGet(live.port()));
            QTRY_COMPARE(live.snapshot().waitingConnections, i + 1);
        }
        QVERIFY(live.cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 1));
        for (auto &program : parked)
            QVERIFY(LiveCluster::isPage(LiveCluster::wait(program)));
        QTRY_COMPARE(live.closed.size(), Programs);
        for (int i = 1; i < Programs; ++i)
            QVERIFY(live.closed.at(i - 1).id < live.closed.at(i).id);
    }

    void aRestartInPlaceChangesNothingButTheConnections()
    {
        LiveCluster live;
        live.forward(u"sts/db"_s, u"sql"_s);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.echoes());
        QVERIFY(live.cluster.restartContainer(u"default"_s, u"db-0"_s));
        QTRY_VERIFY(live.echoes());
        QVERIFY(!live.states.contains(State::Failed));
        QVERIFY(live.reaches(State::Running));
    }

    void aBlackHoleIsNoticedInTime_data()
    {
        QTest::addColumn<Net::TransportChoice>("transport");
        QTest::addRow("SPDY") << Net::TransportChoice::Spdy;
        QTest::addRow("WebSocket") << Net::TransportChoice::WebSocket;
    }

    void aBlackHoleIsNoticedInTime()
    {
        QFETCH(const Net::TransportChoice, transport);
        LiveCluster live;
        live.options.transport = transport;
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        live.cluster.setBlackHole(true);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(live.reaches(State::Reconnecting));
        QVERIFY2(timer.elapsed() < 4 * live.options.pingDeadlineMs, qPrintable(QString::number(timer.elapsed())));
        std::future<ProgramResult> parked = LiveCluster::startGet(live.port());
        QTRY_COMPARE(live.snapshot().waitingConnections, 1);
        live.cluster.setBlackHole(false);
        QVERIFY(LiveCluster::isPage(LiveCluster::wait(parked)));
        QVERIFY(live.reaches(State::Running));
    }

    void aDisturbedConnectionIsMended_data()
    {
        QTest::addColumn<Demo::Disturbance>("disturbance");
        QTest::addColumn<Net::TransportChoice>("transport");
        const auto row = [](const char *name, Demo::Disturbance disturbance) {
            QTest::addRow("%s, SPDY", name) << disturbance << Net::TransportChoice::Spdy;
            QTest::addRow("%s, WebSocket", name) << disturbance << Net::TransportChoice::WebSocket;
        };
        row("GOAWAY", Demo::Disturbance::GoAway);
        row("streams reset", Demo::Disturbance::ResetStreams);
        row("closed", Demo::Disturbance::Close);
        row("TCP reset", Demo::Disturbance::Abort);
    }

    void aDisturbedConnectionIsMended()
    {
        QFETCH(const Demo::Disturbance, disturbance);
        QFETCH(const Net::TransportChoice, transport);
        LiveCluster live;
        live.options.transport = transport;
        live.forward(u"sts/db"_s, u"sql"_s);
        QVERIFY(live.reaches(State::Running));
        for (int storm = 0; storm < 5; ++storm) {
            QTRY_VERIFY(live.cluster.traffic().openUpgraded > 0);
            QVERIFY(live.cluster.disturbUpgraded(disturbance) > 0);
            QTRY_VERIFY(live.echoes());
        }
        QVERIFY(live.reaches(State::Running));
        QVERIFY(!live.states.contains(State::Failed));
        const Demo::Traffic traffic = live.cluster.traffic();
        QCOMPARE(traffic.webSockets, transport == Net::TransportChoice::WebSocket ? traffic.upgrades : 0);
    }

    /// The server loses one of the two while the forward runs, as when a gateway is put before it.
    void theOtherCarrierTakesOver()
    {
        LiveCluster live;
        live.forward(u"sts/db"_s, u"sql"_s);
        QVERIFY(live.reaches(State::Running));
        QCOMPARE(live.snapshot().transport, Net::Transport::WebSocket); // the cluster says that it is 1.33
        for (const bool spdy : {true, false}) {
            live.cluster.setCarriers({.spdy = spdy, .webSocket = !spdy});
            QVERIFY(live.cluster.disturbUpgraded(Demo::Disturbance::Abort) > 0);
            QTRY_VERIFY(live.echoes());
            QTRY_COMPARE(live.snapshot().transport, spdy ? Net::Transport::Spdy : Net::Transport::WebSocket);
            QVERIFY(live.reaches(State::Running));
        }
    }

    void theNodesProxyCarriesToo()
    {
        LiveCluster live;
        live.options.route = Route::NodeProxy;
        live.forward(u"sts/db"_s, u"sql"_s);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.echoes());
        const Demo::Traffic traffic = live.cluster.traffic();
        QVERIFY(traffic.upgrades > 0);
        QCOMPARE(traffic.nodeProxies, traffic.upgrades);
        QCOMPARE(traffic.webSockets, 0);
        QVERIFY(live.cluster.deletePod(u"default"_s, u"db-0"_s));
        QTRY_VERIFY(live.states.contains(State::WaitingForPod));
        QVERIFY(live.reaches(State::Running));
        QVERIFY(live.echoes());
    }

    void wakingUpTriesAtOnce()
    {
        LiveCluster live;
        live.options.firstRetryMs = live.options.maxRetryMs = 60'000;
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        live.cluster.takeServerDown();
        QTRY_VERIFY(live.snapshot().reason.nextTry.has_value());
        QVERIFY(live.snapshot().reason.nextTry > QDateTime::currentDateTimeUtc().addSecs(10));
        QVERIFY(live.cluster.bringServerUp());
        live.manager.checkNow();
        QVERIFY(live.reaches(State::Running));
        QVERIFY(LiveCluster::isPage(live.get()));
    }

    void changedFilesCountForTheNextTunnel()
    {
        LiveCluster live;
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        const int asked = live.connectionsAsked;
        QFile kubeconfig(live.cluster.kubeconfigPath());
        QVERIFY(kubeconfig.open(QIODevice::Append));
        kubeconfig.write("# rotated\n");
        kubeconfig.close();
        QTRY_VERIFY(live.connectionsAsked > asked);
        QVERIFY(LiveCluster::isPage(live.get()));
        QCOMPARE(live.states, (QList<State>{State::Starting, State::Running}));
    }

    void filesMayChangeOneAfterTheOther_data()
    {
        QTest::addColumn<bool>("serverGone");
        QTest::addRow("while it runs") << false;
        QTest::addRow("while the server is away") << true;
    }

    void filesMayChangeOneAfterTheOther()
    {
        QFETCH(const bool, serverGone);
        LiveCluster live;
        const CredentialFiles files(live.cluster.kubeconfigPath());
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        if (serverGone) {
            live.cluster.takeServerDown();
            QVERIFY(live.reaches(State::Reconnecting));
        }

        int asked = live.connectionsAsked;
        files.writeCertificateOfAnotherKey();
        QTRY_VERIFY(live.connectionsAsked > asked);
        if (serverGone)
            QVERIFY(live.cluster.bringServerUp());
        QTest::qWait(300); // long enough for what would follow from the files that do not fit
        QCOMPARE(live.snapshot().state, serverGone ? State::Reconnecting : State::Running);
        if (!serverGone)
            QVERIFY(LiveCluster::isPage(live.get()));

        asked = live.connectionsAsked;
        files.writeCertificate();
        QTRY_VERIFY(live.connectionsAsked > asked);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(LiveCluster::isPage(live.get()));
        QVERIFY(!live.states.contains(State::Failed));
    }

    void aPodWhoseNodeDoesNotAnswerIsLeft_data()
    {
        QTest::addColumn<PodPolicy>("policy");
        QTest::addColumn<int>("badAtFirst");
        const auto add = [](const char *name, PodPolicy policy) {
            QTest::addRow("%s, the one that serves", name) << policy << -1;
            QTest::addRow("%s, the first from the start", name) << policy << 0;
            QTest::addRow("%s, the second from the start", name) << policy << 1;
        };
        add("first ready", PodPolicy::FirstReady);
        add("sticky", PodPolicy::Sticky);
        add("round robin", PodPolicy::RoundRobin);
    }

    void aPodWhoseNodeDoesNotAnswerIsLeft()
    {
        QFETCH(const PodPolicy, policy);
        QFETCH(const int, badAtFirst);
        LiveCluster live;
        QString bad = live.cluster.podsOf(u"deploy"_s, u"default"_s, u"api"_s, true).value(badAtFirst);
        if (!bad.isEmpty())
            QVERIFY(live.cluster.setNodeAnswers(u"default"_s, bad, false));
        live.forward(u"deploy/api"_s, u"http"_s, policy);
        QVERIFY(live.reaches(State::Running));
        if (bad.isEmpty()) {
            bad = live.snapshot().pods.first();
            QVERIFY(live.cluster.setNodeAnswers(u"default"_s, bad, false));
        }

        // More at once than there are tunnels, so that new ones have to be made.
        std::vector<std::future<ProgramResult>> programs;
        for (int i = 0; i < 6; ++i)
            programs.push_back(LiveCluster::startGet(live.port()));
        for (auto &program : programs)
            QVERIFY(LiveCluster::isPage(LiveCluster::wait(program)));
        QTRY_VERIFY(!live.snapshot().pods.contains(bad));
        QVERIFY(!live.states.contains(State::WaitingForPod));
    }

    void roundRobinTakesAllReadyPods()
    {
        LiveCluster live;
        live.forward(u"deploy/api"_s, u"http"_s, PodPolicy::RoundRobin);
        QVERIFY(live.reaches(State::Running));
        QTRY_COMPARE(live.snapshot().pods.size(), 2);
        for (int i = 0; i < 6; ++i)
            QVERIFY(LiveCluster::isPage(live.get()));
        QTRY_COMPARE(live.closed.size(), 6);
        QHash<QString, int> served;
        for (const ConnectionSnapshot &connection : live.closed)
            ++served[connection.pod];
        QCOMPARE(served.size(), 2);
        for (const int count : served)
            QCOMPARE(count, 3);
    }

    void whatOnePodRefusesAnotherMayTake()
    {
        LiveCluster live;
        live.forward(u"deploy/api"_s, u"http"_s, PodPolicy::RoundRobin);
        QVERIFY(live.reaches(State::Running));
        QTRY_COMPARE(live.snapshot().pods.size(), 2);
        // Its programs are down for a moment, and the API does not show it at once.
        QVERIFY(live.cluster.restartContainer(u"default"_s, live.snapshot().pods.first()));
        for (int i = 0; i < 6; ++i)
            QVERIFY(LiveCluster::isPage(live.get()));
    }

    void aStickyForwardStaysWithItsPod()
    {
        LiveCluster live;
        live.forward(u"deploy/api"_s, u"http"_s, PodPolicy::Sticky);
        QVERIFY(live.reaches(State::Running));
        const QString pod = live.snapshot().pods.value(0);
        QVERIFY(live.cluster.setPodReady(u"default"_s, pod, false));
        QTest::qWait(500); // there is nothing to wait for: nothing may happen
        QCOMPARE(live.snapshot().pods, QStringList{pod});
        QVERIFY(live.cluster.deletePod(u"default"_s, pod));
        QTRY_VERIFY(live.snapshot().pods.size() == 1 && live.snapshot().pods.first() != pod);
        QVERIFY(live.reaches(State::Running));
    }

    void anUnreadyPodIsLeftForAReadyOne()
    {
        LiveCluster live;
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::Running));
        const QString pod = live.snapshot().pods.value(0);
        QVERIFY(live.cluster.setPodReady(u"default"_s, pod, false));
        QTRY_VERIFY(live.snapshot().pods.size() == 1 && live.snapshot().pods.first() != pod);
        QVERIFY(live.reaches(State::Running));
        QVERIFY(LiveCluster::isPage(live.get()));
    }

    void patienceWithUnreadyPodsEnds()
    {
        LiveCluster live;
        live.options.unreadyAfterMs = 400;
        for (const QString &pod : live.cluster.podsOf(u"deploy"_s, u"default"_s, u"api"_s))
            QVERIFY(live.cluster.setPodReady(u"default"_s, pod, false));
        live.forward(u"deploy/api"_s, u"http"_s);
        QVERIFY(live.reaches(State::WaitingForPod));
        QVERIFY(live.snapshot().reason.text.contains(u"0 of 2"_s));
        QVERIFY(live.reaches(State::Running));
        QVERIFY(LiveCluster::isPage(live.get()));
    }
};

QTEST_GUILESS_MAIN(TestSurvival)
#include "tst_survival.moc"
