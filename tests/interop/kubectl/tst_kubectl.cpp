#include "core/democluster/democluster.h"
#include "forwarding.h"
#include "tests/interop/kubectl.h"
#include "tests/interop/requirement.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead::Demo;

namespace {

QByteArray randomBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator generator(4711);
    for (qsizetype i = 0; i + 4 <= size; i += 4) {
        const quint32 word = generator.generate();
        memcpy(bytes.data() + i, &word, 4);
    }
    return bytes;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

/// What came back so far, read without waiting.
class Exchange
{
public:
    explicit Exchange(quint16 port) { socket.connectToHost(u"127.0.0.1"_s, port); }
    qsizetype size()
    {
        received += socket.readAll();
        return received.size();
    }

    QTcpSocket socket;
    QByteArray received;
};

/// The body of an answer to a request with "Connection: close".
QByteArray fetch(quint16 port, const QByteArray &request)
{
    Exchange exchange(port);
    exchange.socket.write(request);
    const auto over = [&exchange] {
        exchange.size();
        return exchange.socket.state() == QAbstractSocket::UnconnectedState;
    };
    if (!QTest::qWaitFor([&] { return over(); }, 60'000))
        return "no end";
    exchange.size();
    return exchange.received.mid(exchange.received.indexOf("\r\n\r\n") + 4);
}

} // namespace

/// Real kubectls, old and new, against the demo cluster: what they print, and that their forwards carry the right
/// bytes.
class TestKubectl : public QObject
{
    Q_OBJECT

private:
    DemoCluster m_cluster;

    static void addKubectls()
    {
        QTest::addColumn<QString>("kubectl");
        for (const Kubectl &kubectl : availableKubectls())
            QTest::addRow("%s", qPrintable(kubectl.name)) << kubectl.path;
    }

    KubectlResult run(const QString &kubectl, const QStringList &arguments) const
    {
        return runKubectl(kubectl, m_cluster.kubeconfigPath(), arguments);
    }

private slots:
    void initTestCase()
    {
        if (availableKubectls().isEmpty())
            FAIRLEAD_SKIP_INTEROP(u"no kubectl here; packaging/fetch-kubectl brings some"_s);
        const auto started = m_cluster.start({});
        QVERIFY2(started, qPrintable(started ? QString() : started.error()));
    }

    void commandsPrintWhatPeopleExpect_data()
    {
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArrayList>("parts"); ///< of both channels together
        const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
        for (const Kubectl &kubectl : availableKubectls()) {
            const auto row = [&](const char *command, int code, const QByteArrayList &parts) {
                QTest::addRow("%s %s", qPrintable(kubectl.name), command)
                    << kubectl.path << words(command) << code << parts;
            };
            row("get ns", 0, {"default", "kube-system", "monitoring", "shop", "Active"});
            row("get pods -A", 0, {"CrashLoopBackOff", "Completed", "2/2", "Running", "NAMESPACE"});
            row("get pod web -o wide", 0, {"demo-node", "10.244.0."});
            row("get pod web -o yaml", 0, {"containerPort: 8080", "phase: Running", "uid: "});
            row("get pods -n shop -l app=frontend -o name", 0, {"pod/frontend-7d4b9c6f5d-x2k8p"});
            row("get pods --chunk-size=3 -A -o name", 0, {"pod/web", "pod/cart-0", "pod/coredns"});
            row("describe pod web", 0, {"Container ID:", "8080/TCP", "Restart Count:"});
            row("get svc", 0, {"web ", "ClusterIP", "10.96.", "80/TCP,9090/TCP", "ExternalName", "elsewhere.example"});
            row("get svc db -o jsonpath={.spec.clusterIP}", 0, {"None"});
            row("get deploy,rs,sts,job,rc,dc", 0,
                {"deployment.apps/api", "replicaset.apps/api-6b8c7d5f9b", "statefulset.apps/db", "job.batch/reindex",
                 "replicationcontroller/legacy-1", "deploymentconfig.apps.openshift.io/legacy"});
            row("get ds -A -o wide", 0, {"node-agent", "app in (node-agent)"});
            row("get deploy -A -l app=frontend -o name", 0, {"deployment.apps/frontend"});
            row("get deploy nothing", 1, {R"(Error from server (NotFound): deployments.apps "nothing" not found)"});
            row("get deploy --context demo-limited", 0, {"frontend"});
            row("get deploy --context demo-limited -n default", 1, {"Forbidden"});
            row("get pods -l app=api -o name", 0, {"pod/api-6b8c7d5f9b-4wq7n", "pod/api-6b8c7d5f9b-lx9rd"});
            row("describe svc web", 0, {"TargetPort:", "http/TCP"});
            row("describe deploy api", 0, {"NewReplicaSet:", "api-6b8c7d5f9b"});
            row("port-forward svc/web 7", 1, {"Service web does not have a service port 7"});
            row("port-forward svc/elsewhere 80", 1, {"Service is defined without a selector"});
            row("auth can-i create pods/portforward", 0, {"yes"});
            row("auth can-i create pods/portforward --context demo-limited -n default", 1, {"no"});
            row("get ns --context demo-limited", 1,
                {R"(Error from server (Forbidden): namespaces is forbidden: User "viewer" cannot list resource "namespaces")"});
            row("get pods --context demo-limited", 0, {"cart-0"});
            row("get pod nothing", 1, {R"(Error from server (NotFound): pods "nothing" not found)"});
            row("get secrets", 1, {R"(the server doesn't have a resource type "secrets")"});
            row("port-forward pod/nothing 1", 1, {R"(pods "nothing" not found)"});
            row("port-forward -n shop pod/import-catalog-29393310-b7xnl 80", 1,
                {"unable to forward port because pod is not running. Current status=Succeeded"});
            row("version", 0, {"v1.33"});
        }
    }

    void commandsPrintWhatPeopleExpect()
    {
        QFETCH(const QString, kubectl);
        QFETCH(const QStringList, arguments);
        QFETCH(const int, exitCode);
        QFETCH(const QByteArrayList, parts);

        const KubectlResult result = run(kubectl, arguments);

        const QByteArray everything = result.output + result.errors;
        QVERIFY2(result.exitCode == exitCode, everything.constData());
        for (const QByteArray &part : parts)
            QVERIFY2(everything.contains(part), everything.constData());
    }

    void thePodItGetsIsTheWholePod_data() { addKubectls(); }
    void thePodItGetsIsTheWholePod()
    {
        QFETCH(const QString, kubectl);
        const KubectlResult result = run(kubectl, {u"get"_s, u"pod"_s, u"web"_s, u"-o"_s, u"json"_s});
        const QJsonObject pod = QJsonDocument::fromJson(result.output).object();
        QCOMPARE(pod["kind"_L1].toString(), u"Pod"_s);
        QCOMPARE(pod["spec"_L1]["containers"_L1][0]["ports"_L1][0]["name"_L1].toString(), u"http"_s);
        QCOMPARE(pod["status"_L1]["phase"_L1].toString(), u"Running"_s);
        QVERIFY(pod["status"_L1]["containerStatuses"_L1][0]["ready"_L1].toBool());
    }

    void megabytesArriveUnchangedBothWays_data() { addKubectls(); }
    void megabytesArriveUnchangedBothWays()
    {
        QFETCH(const QString, kubectl);
        KubectlForward forward(kubectl, m_cluster.kubeconfigPath(), {u"pod/echo"_s, u":7000"_s});
        const quint16 port = forward.waitForLocalPort(7000);
        QVERIFY2(port != 0, forward.output().constData());
        const QByteArray sent = randomBytes(8 * 1024 * 1024);
        Exchange exchange(port);
        exchange.socket.write(sent);
        QTRY_COMPARE_WITH_TIMEOUT(exchange.size(), sent.size(), 100'000);
        QCOMPARE(sha256(exchange.received), sha256(sent));
    }

    void severalPortsAndNames_data() { addKubectls(); }
    void severalPortsAndNames()
    {
        QFETCH(const QString, kubectl);
        KubectlForward forward(kubectl, m_cluster.kubeconfigPath(), {u"pod/web"_s, u":http"_s, u":metrics"_s});
        const quint16 http = forward.waitForLocalPort(8080);
        const quint16 metrics = forward.waitForLocalPort(9090);
        QVERIFY2(http != 0 && metrics != 0, forward.output().constData());
        const QByteArray close = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        QVERIFY(fetch(http, "GET /" + close + "\r\n").contains("<h1>web</h1>"));
        QVERIFY(fetch(metrics, "GET /metrics" + close + "\r\n").contains("demo_http_requests_total"));
        const QByteArray download = fetch(http, "GET /bytes/3000000" + close + "\r\n");
        QCOMPARE(download.size(), 3'000'000);
        const QByteArray body = randomBytes(3'000'000);
        const QByteArray answer = fetch(http, "POST /upload" + close + "Content-Length: 3000000\r\n\r\n" + body);
        QVERIFY2(answer.contains(sha256(body)), answer.constData());
    }

    void servicesAndOwnersLeadToAPod_data()
    {
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<QStringList>("target");
        QTest::addColumn<int>("podPort");
        for (const Kubectl &kubectl : availableKubectls()) {
            const auto row = [&kubectl](const QString &target, const QString &port, int podPort) {
                QTest::addRow("%s %s %s", qPrintable(kubectl.name), qPrintable(target), qPrintable(port))
                    << kubectl.path << QStringList{target, port} << podPort;
            };
            row(u"svc/web"_s, u":80"_s, 8080);
            row(u"svc/web"_s, u":metrics"_s, 9090);
            row(u"svc/db"_s, u":5432"_s, 5432);
            row(u"svc/legacy"_s, u":http"_s, 8080);
            row(u"deploy/api"_s, u":5000"_s, 5000);
            row(u"rs/api-6b8c7d5f9b"_s, u":http"_s, 5000);
            row(u"sts/db"_s, u":sql"_s, 5432);
            row(u"job/reindex"_s, u":8090"_s, 8090);
            row(u"rc/legacy-1"_s, u":8080"_s, 8080);
        }
    }

    void servicesAndOwnersLeadToAPod()
    {
        QFETCH(const QString, kubectl);
        QFETCH(const QStringList, target);
        QFETCH(const int, podPort);
        KubectlForward forward(kubectl, m_cluster.kubeconfigPath(), target);
        const quint16 port = forward.waitForLocalPort(quint16(podPort));
        QVERIFY2(port != 0, forward.output().constData());
        Exchange exchange(port);
        exchange.socket.write("GET / HTTP/1.0\r\n\r\n"); // the echo behind db sends it back, all others a page
        QTRY_VERIFY_WITH_TIMEOUT(exchange.size() > 0, 60'000);
    }

    void ownersAreScaledRolledAndLosePods_data() { addKubectls(); }
    void ownersAreScaledRolledAndLosePods()
    {
        QFETCH(const QString, kubectl);
        DemoCluster cluster;
        Options options;
        options.pace.startMs = 10;
        options.pace.graceMs = 10;
        QVERIFY(cluster.start(options));
        const auto does = [&](const QString &command, const QByteArray &words) {
            const KubectlResult result = runKubectl(kubectl, cluster.kubeconfigPath(), command.split(u' '));
            const QByteArray everything = result.output + result.errors;
            QVERIFY2(result.exitCode == 0 && everything.contains(words), everything.constData());
        };
        const auto pods = [&cluster] { return cluster.podsOf(u"Deployment"_s, u"default"_s, u"api"_s, true); };
        does(u"scale deploy api --replicas=0"_s, "deployment.apps/api scaled");
        QTRY_VERIFY_WITH_TIMEOUT(pods().isEmpty(), 60'000);
        does(u"scale deployment/api --replicas=3"_s, "deployment.apps/api scaled");
        does(u"rollout status deploy/api --timeout=60s"_s, "successfully rolled out");
        QTRY_COMPARE_WITH_TIMEOUT(pods().size(), 3, 60'000);
        const QStringList before = pods();
        does(u"rollout restart deploy/api"_s, "restarted");
        does(u"rollout status deploy/api --timeout=60s"_s, "successfully rolled out");
        QTRY_VERIFY_WITH_TIMEOUT(pods().size() == 3 && !pods().contains(before.first()), 60'000);
        does(u"rollout restart sts/db"_s, "restarted");
        does(u"rollout status sts/db --timeout=60s"_s, "complete");
        // Not to be waited for: kubectl looks for the name, and would wait for the end of the new db-0.
        does(u"delete pod db-0 --wait=false"_s, "pod \"db-0\" deleted");
        does(u"delete pod web"_s, "pod \"web\" deleted");
        does(u"wait --for=condition=Ready pod/slow-starter --timeout=60s"_s, "condition met");
        does(u"scale rc legacy-1 --replicas=1"_s, "scaled");
        does(u"delete svc echo"_s, "deleted");
    }

    void manyConnectionsAtOnceMixNothingUp_data() { addKubectls(); }
    void manyConnectionsAtOnceMixNothingUp()
    {
        QFETCH(const QString, kubectl);
        KubectlForward forward(kubectl, m_cluster.kubeconfigPath(), {u"pod/echo"_s, u":7000"_s});
        const quint16 port = forward.waitForLocalPort(7000);
        QVERIFY2(port != 0, forward.output().constData());
        constexpr int count = 30;
        std::vector<std::unique_ptr<Exchange>> exchanges;
        for (int i = 0; i < count; ++i) {
            exchanges.push_back(std::make_unique<Exchange>(port));
            exchanges.back()->socket.write(QByteArray(50'000 + i, char('A' + i)));
        }
        for (int i = 0; i < count; ++i) {
            QTRY_COMPARE_WITH_TIMEOUT(exchanges[size_t(i)]->size(), 50'000 + i, 60'000);
            QVERIFY(exchanges[size_t(i)]->received == QByteArray(50'000 + i, char('A' + i)));
        }
    }

    void aRefusedPortIsReportedInContainerdsWords_data() { addKubectls(); }
    void aRefusedPortIsReportedInContainerdsWords()
    {
        QFETCH(const QString, kubectl);
        KubectlForward forward(kubectl, m_cluster.kubeconfigPath(), {u"pod/refuser"_s, u":8081"_s});
        const quint16 port = forward.waitForLocalPort(8081);
        QVERIFY2(port != 0, forward.output().constData());
        Exchange exchange(port);
        QTRY_VERIFY_WITH_TIMEOUT(forward.output().contains("connection refused"), 30'000);
        QVERIFY2(forward.output().contains("error forwarding port 8081 to pod "), forward.output().constData());
    }

    void eachCarrierIsUsed_data()
    {
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<bool>("allowed"); ///< by its environment
        QTest::addColumn<Carriers>("carriers");
        QTest::addColumn<bool>("webSocket"); ///< it is what is used
        for (const Kubectl &kubectl : availableKubectls()) {
            constexpr int FirstWithTunnel = 31;
            const KubectlResult version =
                runKubectl(kubectl.path, {}, {u"version"_s, u"--client"_s, u"-o"_s, u"json"_s});
            const QJsonObject client = QJsonDocument::fromJson(version.output).object()["clientVersion"_L1].toObject();
            const bool knowsTunnel = client["minor"_L1].toString().toInt() >= FirstWithTunnel;
            const auto row = [&](const char *name, bool allowed, Carriers carriers, bool webSocket) {
                QTest::addRow("%s, %s", qPrintable(kubectl.name), name)
                    << kubectl.path << allowed << carriers << webSocket;
            };
            row("server takes both", true, {}, knowsTunnel);
            row("WebSocket switched off in kubectl", false, {}, false);
            row("a server without WebSocket", true, {true, false}, false);
            if (knowsTunnel)
                row("a gateway without SPDY", true, {false, true}, true);
        }
    }

    void eachCarrierIsUsed()
    {
        QFETCH(const QString, kubectl);
        QFETCH(const bool, allowed);
        QFETCH(const Carriers, carriers);
        QFETCH(const bool, webSocket);
        m_cluster.setCarriers(carriers);
        const Traffic before = m_cluster.traffic();
        {
            KubectlForward forward(kubectl, m_cluster.kubeconfigPath(), {u"pod/echo"_s, u":7000"_s}, allowed);
            const quint16 port = forward.waitForLocalPort(7000);
            QVERIFY2(port != 0, forward.output().constData());
            const QByteArray sent = randomBytes(2 * 1024 * 1024);
            Exchange exchange(port);
            exchange.socket.write(sent);
            QTRY_COMPARE_WITH_TIMEOUT(exchange.size(), sent.size(), 60'000);
            QCOMPARE(sha256(exchange.received), sha256(sent));
        }
        m_cluster.setCarriers({});
        const Traffic after = m_cluster.traffic();
        QVERIFY(after.upgrades > before.upgrades);
        QCOMPARE(after.webSockets - before.webSockets, webSocket ? after.upgrades - before.upgrades : 0);
        QTRY_COMPARE(m_cluster.traffic().openUpgraded, 0);
    }

    /// kubectl 1.31 and later tries WebSocket first; an older server must send it back to SPDY without a word.
    void nothingIsSaidAboutTheFallBack_data() { addKubectls(); }
    void nothingIsSaidAboutTheFallBack()
    {
        QFETCH(const QString, kubectl);
        m_cluster.setCarriers({.spdy = true, .webSocket = false});
        KubectlForward forward(kubectl, m_cluster.kubeconfigPath(), {u"pod/echo"_s, u":7000"_s});
        const quint16 port = forward.waitForLocalPort(7000);
        m_cluster.setCarriers({});
        const QByteArray expected = "Forwarding from 127.0.0.1:" + QByteArray::number(port) + " -> 7000\n";
        QVERIFY2(forward.output().startsWith(expected), forward.output().constData());
        const QByteArray rest = forward.output().mid(expected.size());
        QVERIFY2(rest.isEmpty() || rest == "Forwarding from [::1]:" + QByteArray::number(port) + " -> 7000\n",
                 rest.constData());
    }
};

QTEST_GUILESS_MAIN(TestKubectl)
#include "tst_kubectl.moc"
