#include "core/democluster/democluster.h"
#include "rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

/// A cluster that changes: owners that keep their pods, pods that go, and a server that fails in every way that
/// DemoCluster offers.
class TestChangingCluster : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DemoCluster> m_cluster;

    /// Changes at once, but still in separate rounds of the event loop.
    static Options quick()
    {
        Options options;
        options.pace.startMs = 5;
        options.pace.graceMs = 5;
        options.pace.restartMs = 5;
        return options;
    }

    QJsonObject get(const QByteArray &path) const
    {
        RawClient client(*m_cluster, Identity::Certificate);
        client.send("GET", path);
        if (!QTest::qWaitFor([&client] { return client.code() != 0; }, 30'000))
            return {};
        return QJsonDocument::fromJson(client.body).object();
    }

    int change(const QByteArray &method, const QByteArray &path, const QByteArray &type, const QByteArray &body,
               QJsonObject *answer = nullptr) const
    {
        RawClient client(*m_cluster, Identity::Certificate);
        client.send(method, path,
                    "Content-Type: " + type + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n", body);
        (void)QTest::qWaitFor([&client] { return client.code() != 0; }, 30'000);
        if (answer)
            *answer = QJsonDocument::fromJson(client.body).object();
        return client.code();
    }

    QString uidOf(const QString &pod) const
    {
        return get("/api/v1/namespaces/default/pods/" + pod.toLatin1())["metadata"_L1]["uid"_L1].toString();
    }

    QStringList ready(const QString &kind, const QString &name) const
    {
        return m_cluster->podsOf(kind, u"default"_s, name, true);
    }

private slots:
    void init()
    {
        m_cluster = std::make_unique<DemoCluster>();
        const auto started = m_cluster->start(quick());
        QVERIFY2(started, qPrintable(started ? QString() : started.error()));
    }
    void cleanup() { m_cluster.reset(); }

    void aDeletedPodIsReplaced_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("nameSpace");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("keepsName");
        QTest::addRow("of a deployment") << u"deploy"_s << u"default"_s << u"api"_s << false;
        QTest::addRow("of a replica set") << u"rs"_s << u"default"_s << u"api-6b8c7d5f9b"_s << false;
        QTest::addRow("of a stateful set: same name, another uid") << u"sts"_s << u"default"_s << u"db"_s << true;
        QTest::addRow("of a daemon set") << u"ds"_s << u"monitoring"_s << u"node-agent"_s << false;
        QTest::addRow("of a job") << u"job"_s << u"default"_s << u"reindex"_s << false;
        QTest::addRow("of a replication controller") << u"rc"_s << u"default"_s << u"legacy-1"_s << false;
        QTest::addRow("of a deployment config") << u"dc"_s << u"default"_s << u"legacy"_s << false;
    }

    void aDeletedPodIsReplaced()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, nameSpace);
        QFETCH(const QString, name);
        QFETCH(const bool, keepsName);
        const QStringList before = m_cluster->podsOf(kind, nameSpace, name);
        QVERIFY(!before.isEmpty());
        const QByteArray path = "/api/v1/namespaces/" + nameSpace.toLatin1() + "/pods/" + before.first().toLatin1();
        const QString uid = get(path)["metadata"_L1]["uid"_L1].toString();

        QVERIFY(m_cluster->deletePod(nameSpace, before.first()));

        QTRY_COMPARE(get(path)["metadata"_L1]["uid"_L1].toString() != uid, true);
        QTRY_COMPARE(m_cluster->podsOf(kind, nameSpace, name, true).size(), before.size());
        QCOMPARE(m_cluster->podsOf(kind, nameSpace, name).contains(before.first()), keepsName);
        const QString newName = m_cluster->podsOf(kind, nameSpace, name).last();
        const QJsonObject pod = get("/api/v1/namespaces/" + nameSpace.toLatin1() + "/pods/" + newName.toLatin1());
        QVERIFY(pod["metadata"_L1]["ownerReferences"_L1][0]["controller"_L1].toBool());
    }

    void aPodGoesThroughTerminating()
    {
        m_cluster->stop();
        Options options = quick();
        options.pace.graceMs = 3'600'000;
        QVERIFY(m_cluster->start(options));
        const QString path = u"/api/v1/namespaces/default/pods/web"_s;
        QJsonObject answer;
        QCOMPARE(change("DELETE", path.toLatin1(), "application/json", "{}", &answer), 200);
        QVERIFY(!answer["metadata"_L1]["deletionTimestamp"_L1].toString().isEmpty());
        QCOMPARE(get(path.toLatin1())["status"_L1]["phase"_L1].toString(), u"Running"_s);
        QCOMPARE(change("DELETE", path.toLatin1(), "application/json", R"({"gracePeriodSeconds":0})"), 200);
        QCOMPARE(get(path.toLatin1())["code"_L1].toInt(), 404);
    }

    void scalingToNothingAndBack_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("path");
        QTest::addRow("deployment") << u"Deployment"_s << u"api"_s
                                    << "/apis/apps/v1/namespaces/default/deployments/api"_ba;
        QTest::addRow("stateful set") << u"StatefulSet"_s << u"db"_s
                                      << "/apis/apps/v1/namespaces/default/statefulsets/db"_ba;
        QTest::addRow("deployment config")
            << u"DeploymentConfig"_s << u"legacy"_s
            << "/apis/apps.openshift.io/v1/namespaces/default/deploymentconfigs/legacy"_ba;
    }

    void scalingToNothingAndBack()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, name);
        QFETCH(const QByteArray, path);
        QVERIFY(m_cluster->scale(kind, u"default"_s, name, 0));
        QTRY_VERIFY(m_cluster->podsOf(kind, u"default"_s, name).isEmpty());
        QTRY_COMPARE(get(path)["status"_L1]["replicas"_L1].toInt(-1), 0);
        QJsonObject scale;
        QCOMPARE(change("PATCH", path + "/scale", "application/merge-patch+json", R"({"spec":{"replicas":3}})", &scale),
                 200);
        QCOMPARE(scale["kind"_L1].toString(), u"Scale"_s);
        QTRY_COMPARE(ready(kind, name).size(), 3);
        QTRY_COMPARE(get(path + "/scale")["status"_L1]["replicas"_L1].toInt(), 3);
        scale = get(path + "/scale");
        scale["spec"_L1] = QJsonObject{{u"replicas"_s, 1}};
        QCOMPARE(change("PUT", path + "/scale", "application/json", QJsonDocument(scale).toJson()), 200);
        QTRY_COMPARE(m_cluster->podsOf(kind, u"default"_s, name).size(), 1);
    }

    void changesThatAreRefused_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        const QByteArray merge = "application/merge-patch+json";
        QTest::addRow("fewer than none") << "PATCH"_ba << merge << R"({"spec":{"replicas":-1}})"_ba << 422;
        QTest::addRow("replicas as a word") << "PATCH"_ba << merge << R"({"spec":{"replicas":"two"}})"_ba << 422;
        QTest::addRow("labels that the selector misses")
            << "PATCH"_ba << merge << R"({"spec":{"template":{"metadata":{"labels":{"app":"x"}}}}})"_ba << 422;
        QTest::addRow("no JSON") << "PATCH"_ba << merge << "x"_ba << 400;
        QTest::addRow("unknown patch") << "PATCH"_ba
                                       << "application/json-patch+json"_ba
                                       << "{}"_ba << 415;
        QTest::addRow("another version") << "PATCH"_ba << merge
                                         << R"({"metadata":{"resourceVersion":"1"},"spec":{"replicas":1}})"_ba << 409;
        QTest::addRow("another name") << "PATCH"_ba << merge << R"({"metadata":{"name":"x"}})"_ba << 400;
        QTest::addRow("creating") << "POST"_ba
                                  << "application/json"_ba
                                  << "{}"_ba << 405;
    }

    void changesThatAreRefused()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        QFETCH(const int, code);
        const QByteArray path = "/apis/apps/v1/namespaces/default/deployments/api";
        const QJsonValue version = get(path)["metadata"_L1]["generation"_L1];
        QJsonObject status;
        QCOMPARE(change(method, path, type, body, &status), code);
        QCOMPARE(status["kind"_L1].toString(), u"Status"_s);
        QCOMPARE(get(path)["metadata"_L1]["generation"_L1], version);
    }

    void aRolloutReplacesEveryPod_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("nameSpace");
        QTest::addColumn<QString>("name");
        QTest::addRow("deployment") << u"Deployment"_s << u"default"_s << u"api"_s;
        QTest::addRow("stateful set") << u"StatefulSet"_s << u"default"_s << u"db"_s;
        QTest::addRow("daemon set") << u"DaemonSet"_s << u"monitoring"_s << u"node-agent"_s;
        QTest::addRow("deployment config") << u"DeploymentConfig"_s << u"default"_s << u"legacy"_s;
    }

    void aRolloutReplacesEveryPod()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, nameSpace);
        QFETCH(const QString, name);
        const auto uids = [&] {
            QSet<QString> result;
            for (const QString &pod : m_cluster->podsOf(kind, nameSpace, name, true)) {
                const QByteArray path = "/api/v1/namespaces/" + nameSpace.toLatin1() + "/pods/" + pod.toLatin1();
                result << get(path)["metadata"_L1]["uid"_L1].toString();
            }
            return result;
        };
        const QSet<QString> before = uids();
        QVERIFY(m_cluster->roll(kind, nameSpace, name));
        QTRY_VERIFY(uids().size() == before.size() && !uids().intersects(before));
    }

    /// What a watch sees of the pods tells the order: with RollingUpdate a new one is Ready before an old one goes,
    /// with Recreate all old ones are gone before a new one is made.
    void theStrategyDecidesTheOrder_data()
    {
        QTest::addColumn<QString>("strategy");
        QTest::addColumn<bool>("newFirst");
        QTest::addRow("RollingUpdate") << u"RollingUpdate"_s << true;
        QTest::addRow("Recreate") << u"Recreate"_s << false;
    }

    void theStrategyDecidesTheOrder()
    {
        QFETCH(const QString, strategy);
        QFETCH(const bool, newFirst);
        QVERIFY(m_cluster->patch(u"deploy"_s, u"default"_s, u"api"_s,
                                 {{u"spec"_s, QJsonObject{{u"strategy"_s, QJsonObject{{u"type"_s, strategy}}}}}}));
        const QString version =
            get("/api/v1/namespaces/default/pods?labelSelector=app%3Dapi")["metadata"_L1]["resourceVersion"_L1]
                .toString();
        RawClient watch(*m_cluster, Identity::Certificate);
        watch.send("GET",
                   "/api/v1/namespaces/default/pods?watch=1&labelSelector=app%3Dapi&resourceVersion="
                       + version.toLatin1());
        const QStringList old = m_cluster->podsOf(u"deploy"_s, u"default"_s, u"api"_s);
        QVERIFY(m_cluster->roll(u"deploy"_s, u"default"_s, u"api"_s));

        const auto deletions = [&] { return (watch.received += watch.socket.readAll()).count("\"DELETED\""); };
        QTRY_COMPARE(deletions(), 2);
        QTRY_COMPARE(ready(u"deploy"_s, u"api"_s).size(), 2);
        (void)deletions();
        const qsizetype firstNew = watch.received.indexOf("\"ADDED\"");
        QVERIFY(firstNew >= 0);
        if (newFirst)
            QVERIFY(firstNew < watch.received.indexOf("\"DELETED\""));
        else
            QVERIFY(firstNew > watch.received.lastIndexOf("\"DELETED\""));
        for (const QString &name : m_cluster->podsOf(u"deploy"_s, u"default"_s, u"api"_s))
            QVERIFY(!old.contains(name));
    }

    void kubectlsRolloutRestartIsAStrategicMerge()
    {
        const QStringList before = m_cluster->podsOf(u"deploy"_s, u"default"_s, u"api"_s);
        const QByteArray patch =
            R"({"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"now"}},)"
            R"("spec":{"containers":[{"name":"api","image":"registry.example/demo/api:2.4"}]}}}})";
        QJsonObject answer;
        QCOMPARE(change("PATCH", "/apis/apps/v1/namespaces/default/deployments/api",
                        "application/strategic-merge-patch+json", patch, &answer),
                 200);
        const QJsonValue container = answer["spec"_L1]["template"_L1]["spec"_L1]["containers"_L1][0];
        QCOMPARE(container["image"_L1].toString(), u"registry.example/demo/api:2.4"_s);
        QCOMPARE(container["ports"_L1][0]["containerPort"_L1].toInt(), 5000); // merged by name, not replaced
        const auto allNew = [&] {
            const QStringList now = ready(u"deploy"_s, u"api"_s);
            return now.size() == 2 && !now.contains(before.first()) && !now.contains(before.last());
        };
        QTRY_VERIFY(allNew());
        const QJsonObject pod =
            get("/api/v1/namespaces/default/pods/" + ready(u"deploy"_s, u"api"_s).first().toLatin1());
        QCOMPARE(pod["spec"_L1]["containers"_L1][0]["image"_L1].toString(), u"registry.example/demo/api:2.4"_s);
        QCOMPARE(pod["metadata"_L1]["annotations"_L1]["kubectl.kubernetes.io/restartedAt"_L1].toString(), u"now"_s);
    }

    void aDeletedOwnerTakesItsPodsAlong()
    {
        QCOMPARE(change("DELETE", "/apis/apps/v1/namespaces/default/deployments/api", "application/json", "{}"), 200);
        QTRY_VERIFY(get("/api/v1/namespaces/default/pods?labelSelector=app%3Dapi")["items"_L1].toArray().isEmpty());
        QCOMPARE(get("/apis/apps/v1/namespaces/default/deployments/api")["code"_L1].toInt(), 404);
    }

    void theSandboxOfADeletedPodIsGone()
    {
        RawClient client(*m_cluster, Identity::Certificate);
        client.upgrade("web");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const auto [error, data] = tunnel.open(8080);
        tunnel.session().sendData(data, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        tunnel.flush();
        QTRY_VERIFY((tunnel.pump(), !tunnel.streams[data].data.isEmpty()));

        QVERIFY(m_cluster->deletePod(u"default"_s, u"web"_s));

        QTRY_VERIFY((tunnel.pump(), tunnel.streams[data].fin)); // what ran has ended
        const auto [lateError, lateData] = tunnel.open(8080);
        tunnel.flush();
        QTRY_VERIFY((tunnel.pump(), tunnel.streams[lateError].reset));
        const QByteArray text = tunnel.streams[lateError].data;
        QVERIFY2(QRegularExpression(u"^error forwarding port 8080 to pod [0-9a-f]{64}, uid : failed to find sandbox "
                                    "\"[0-9a-f]{64}\" in store: not found$"_s)
                     .match(QString::fromUtf8(text))
                     .hasMatch(),
                 text.constData());
        RawClient later(*m_cluster, Identity::Certificate);
        later.upgrade("web");
        QTRY_COMPARE(later.code(), 404);
    }

    void aNewPodOfTheSameNameIsAnotherSandbox()
    {
        RawClient client(*m_cluster, Identity::Certificate);
        client.upgrade("db-0");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const QString uid = uidOf(u"db-0"_s);
        QVERIFY(m_cluster->deletePod(u"default"_s, u"db-0"_s));
        QTRY_COMPARE(ready(u"sts"_s, u"db"_s).size(), 1);
        QVERIFY(uidOf(u"db-0"_s) != uid);
        const auto [error, data] = tunnel.open(5432);
        tunnel.flush();
        QTRY_VERIFY((tunnel.pump(), tunnel.streams[error].data.contains("failed to find sandbox")));
    }

    void aRestartInPlaceKeepsTheSandbox()
    {
        RawClient client(*m_cluster, Identity::Certificate);
        client.upgrade("echo");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const auto [error, data] = tunnel.open(7000);
        tunnel.session().sendData(data, "a");
        tunnel.flush();
        QTRY_COMPARE((tunnel.pump(), tunnel.streams[data].data), "a"_ba);
        const QString uid = uidOf(u"echo"_s);

        QVERIFY(m_cluster->restartContainer(u"default"_s, u"echo"_s));

        QTRY_VERIFY((tunnel.pump(), tunnel.streams[data].fin));
        const auto restarts = [this] {
            const QJsonObject pod = get("/api/v1/namespaces/default/pods/echo");
            const QJsonValue status = pod["status"_L1]["containerStatuses"_L1][0];
            return status["ready"_L1].toBool() ? status["restartCount"_L1].toInt() : -1;
        };
        QTRY_COMPARE(restarts(), 1);
        QCOMPARE(uidOf(u"echo"_s), uid);
        const auto [secondError, secondData] = tunnel.open(7000);
        tunnel.session().sendData(secondData, "b");
        tunnel.flush();
        QTRY_COMPARE((tunnel.pump(), tunnel.streams[secondData].data), "b"_ba);
    }

    void aPodOutsideLosesItsConnectionsToo()
    {
        QTcpServer program; // goes on when its pod goes, as what is declared in a pods file does
        QVERIFY(program.listen(QHostAddress::LocalHost));
        QTemporaryDir folder;
        QFile file(folder.filePath(u"pods.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("pods: [{name: outside, address: 127.0.0.1}]\n");
        file.close();
        m_cluster->stop();
        Options options = quick();
        options.podsFile = file.fileName();
        QVERIFY(m_cluster->start(options));
        RawClient client(*m_cluster, Identity::Certificate);
        client.upgrade("outside");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const auto [error, data] = tunnel.open(program.serverPort());
        tunnel.flush();
        QTRY_VERIFY(program.hasPendingConnections());
        std::unique_ptr<QTcpSocket> served(program.nextPendingConnection());
        QVERIFY(m_cluster->deletePod(u"default"_s, u"outside"_s, 0));
        QTRY_VERIFY((tunnel.pump(), tunnel.streams[data].fin));
        QTRY_COMPARE(served->state(), QAbstractSocket::UnconnectedState);
    }

    void declaredPodsBelongToOwnersAndServices()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"pods.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("pods:\n"
                   "  - {name: one, labels: {app: own}, owner: Deployment/own, address: 127.0.0.1}\n"
                   "  - {name: two, labels: {app: own}, owner: Deployment/own, address: 127.0.0.2}\n"
                   "services:\n"
                   "  - {name: own, selector: {app: own}, ports: [{port: 80, targetPort: 8000}]}\n");
        file.close();
        m_cluster->stop();
        Options options = quick();
        options.podsFile = file.fileName();
        QVERIFY(m_cluster->start(options));
        QCOMPARE(m_cluster->podsOf(u"deploy"_s, u"default"_s, u"own"_s, true), (QStringList{u"one"_s, u"two"_s}));
        const QJsonObject service = get("/api/v1/namespaces/default/services/own");
        QCOMPARE(service["spec"_L1]["ports"_L1][0]["targetPort"_L1].toInt(), 8000);

        QVERIFY(m_cluster->deletePod(u"default"_s, u"one"_s));

        QTRY_VERIFY(ready(u"deploy"_s, u"own"_s).size() == 2 && !ready(u"deploy"_s, u"own"_s).contains(u"one"_s));
        QStringList addresses; // the new one leads where the old one did
        for (const QString &name : ready(u"deploy"_s, u"own"_s))
            addresses << get("/api/v1/namespaces/default/pods/" + name.toLatin1())["status"_L1]["podIP"_L1].toString();
        addresses.sort();
        QCOMPARE(addresses, (QStringList{u"127.0.0.1"_s, u"127.0.0.2"_s}));
    }

    void pretendedPodsAreAsRealAsOthers()
    {
        m_cluster->stop();
        Options options = quick();
        options.fakePods = 101;
        options.fakeChurn = 200;
        QVERIFY(m_cluster->start(options));
        const QJsonObject page = get("/api/v1/pods?limit=100&labelSelector=app%3Dorders");
        QCOMPARE(page["items"_L1].toArray().size(), 34); // 101 in three namespaces
        const QString ns = page["items"_L1][0]["metadata"_L1]["namespace"_L1].toString();
        const QString name = page["items"_L1][0]["metadata"_L1]["name"_L1].toString();
        QCOMPARE(m_cluster->podsOf(u"deploy"_s, ns, u"orders"_s, true).size(), 34);

        RawClient watch(*m_cluster, Identity::Certificate);
        watch.send("GET",
                   "/api/v1/pods?watch=1&resourceVersion="
                       + page["metadata"_L1]["resourceVersion"_L1].toString().toLatin1());
        QTRY_VERIFY((watch.received += watch.socket.readAll()).count("\"MODIFIED\"") > 20);

        QVERIFY(m_cluster->deletePod(ns, name));
        QTRY_VERIFY(!m_cluster->podsOf(u"deploy"_s, ns, u"orders"_s).contains(name));
        QTRY_COMPARE(m_cluster->podsOf(u"deploy"_s, ns, u"orders"_s, true).size(), 34);

        const QString other = m_cluster->podsOf(u"deploy"_s, ns, u"orders"_s, true).first();
        RawClient client(*m_cluster, Identity::Certificate);
        client.upgrade(other.toLatin1(), ns.toLatin1());
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const quint32 data = tunnel.open(8080).second;
        tunnel.session().sendData(data, "GET / HTTP/1.0\r\n\r\n");
        tunnel.flush();
        QTRY_VERIFY((tunnel.pump(), tunnel.streams[data].data.contains("200 OK")));
    }

    /// More than any buffer on the way holds, so the server has to wait for its reader in the middle.
    void aWatchOfManyPodsArrivesWhole()
    {
        m_cluster->stop();
        Options options = quick();
        options.fakePods = 8000;
        QVERIFY(m_cluster->start(options));
        RawClient watch(*m_cluster, Identity::Certificate);
        watch.socket.setReadBufferSize(64 * 1024);
        watch.send("GET", "/api/v1/pods?watch=1&labelSelector=pod-template-hash&timeoutSeconds=3600");
        QSet<QByteArray> names;
        const auto count = [&] {
            watch.received += watch.socket.readAll();
            const qsizetype end = watch.received.lastIndexOf('\n') + 1;
            static const QRegularExpression name(u"\"name\":\"([a-z]+-[a-z0-9]{10}-[a-z0-9]{5})\""_s);
            for (auto it = name.globalMatch(QString::fromLatin1(watch.received.first(end))); it.hasNext();)
                names << it.next().captured(1).toLatin1();
            watch.received.remove(0, end);
            return names.size();
        };
        QTRY_VERIFY_WITH_TIMEOUT(count() >= 8000, 60'000);
        QCOMPARE(watch.socket.state(), QAbstractSocket::ConnectedState);
    }

    void readinessIsWhatTheApiSays()
    {
        const QString pod = ready(u"deploy"_s, u"api"_s).first();
        QVERIFY(m_cluster->setPodReady(u"default"_s, pod, false));
        QVERIFY(!ready(u"deploy"_s, u"api"_s).contains(pod));
        QTRY_COMPARE(get("/apis/apps/v1/namespaces/default/deployments/api")["status"_L1]["readyReplicas"_L1].toInt(),
                     1);
        QVERIFY(m_cluster->setPodReady(u"default"_s, pod, true));
        QTRY_COMPARE(get("/apis/apps/v1/namespaces/default/deployments/api")["status"_L1]["readyReplicas"_L1].toInt(),
                     2);
    }

    void whatIsNotThereAnswersFalse()
    {
        QVERIFY(!m_cluster->deletePod(u"default"_s, u"x"_s));
        QVERIFY(!m_cluster->scale(u"deploy"_s, u"default"_s, u"x"_s, 1));
        QVERIFY(!m_cluster->scale(u"gadget"_s, u"default"_s, u"x"_s, 1));
        QVERIFY(!m_cluster->scale(u"deploy"_s, u"default"_s, u"api"_s, -1));
        QVERIFY(!m_cluster->roll(u"svc"_s, u"default"_s, u"web"_s));
        QVERIFY(!m_cluster->restartContainer(u"default"_s, u"x"_s));
        QVERIFY(!m_cluster->setPodReady(u"default"_s, u"x"_s, true));
        m_cluster->stop();
        QVERIFY(!m_cluster->deletePod(u"default"_s, u"web"_s));
        QVERIFY(m_cluster->podsOf(u"deploy"_s, u"default"_s, u"api"_s).isEmpty());
        QVERIFY(!m_cluster->bringServerUp());
    }

    void theServerGoesAndComesBackAsItWas()
    {
        RawClient client(*m_cluster, Identity::Certificate);
        client.upgrade("echo");
        QTRY_COMPARE(client.code(), 101);
        QCOMPARE(m_cluster->traffic().openUpgraded, 1);
        const QString url = m_cluster->serverUrl();
        const QString kubeconfig = m_cluster->kubeconfigPath();

        m_cluster->takeServerDown();

        QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(m_cluster->traffic().openUpgraded, 0);
        QTcpSocket refused;
        refused.connectToHost(QUrl(url).host(), quint16(QUrl(url).port()));
        QVERIFY(!refused.waitForConnected(30'000));
        QVERIFY(m_cluster->scale(u"deploy"_s, u"default"_s, u"api"_s, 3)); // the controllers go on
        QTRY_COMPARE(ready(u"deploy"_s, u"api"_s).size(), 3);

        const auto up = m_cluster->bringServerUp();

        QVERIFY2(up, qPrintable(up ? QString() : up.error()));
        QCOMPARE(*up, url);
        QCOMPARE(m_cluster->kubeconfigPath(), kubeconfig);
        QCOMPARE(get("/api/v1/namespaces/default/pods?labelSelector=app%3Dapi")["items"_L1].toArray().size(), 3);
    }

    void aBlackHoleAnswersNothingAndLosesNothing()
    {
        RawClient old(*m_cluster, Identity::Certificate);
        old.upgrade("echo");
        QTRY_COMPARE(old.code(), 101);
        RawTunnel tunnel(old);
        const quint32 data = tunnel.open(7000).second;
        tunnel.session().sendData(data, "before ");
        tunnel.flush();
        QTRY_COMPARE((tunnel.pump(), tunnel.streams[data].data), "before "_ba);
        RawClient idle(*m_cluster, Identity::Certificate);
        idle.send("GET", "/version");
        QTRY_COMPARE(idle.code(), 200);
        idle.next();
        const int connections = m_cluster->traffic().connections;

        m_cluster->setBlackHole(true);
        tunnel.session().sendData(data, "after");
        tunnel.session().sendPing();
        tunnel.flush();
        idle.send("GET", "/version");
        RawClient young(*m_cluster, Identity::Certificate);
        QTRY_COMPARE(m_cluster->traffic().connections, connections + 1);
        // Whoever answers at all answers within the round trips that these calls take; there is no other event to wait
        // for.
        for (int i = 0; i < 20; ++i)
            QCOMPARE(m_cluster->traffic().connections, connections + 1);
        tunnel.pump();
        QCOMPARE(tunnel.pongs, 0);
        QCOMPARE(tunnel.streams[data].data, "before "_ba);
        QCOMPARE(idle.code(), 0);
        QVERIFY(!young.socket.isEncrypted());

        m_cluster->setBlackHole(false);
        QTRY_COMPARE((tunnel.pump(), tunnel.pongs), 1);
        QTRY_COMPARE((tunnel.pump(), tunnel.streams[data].data), "before after"_ba);
        QTRY_COMPARE(idle.code(), 200);
        young.send("GET", "/version");
        QTRY_COMPARE(young.code(), 200);
    }

    void upgradedConnectionsAreDisturbed_data()
    {
        QTest::addColumn<Disturbance>("disturbance");
        QTest::addColumn<bool>("connectionEnds");
        QTest::addColumn<bool>("streamEnds");
        QTest::addRow("GOAWAY") << Disturbance::GoAway << false << false;
        QTest::addRow("RST_STREAM") << Disturbance::ResetStreams << false << true;
        QTest::addRow("close") << Disturbance::Close << true << false;
        QTest::addRow("TCP RST") << Disturbance::Abort << true << false;
    }

    void upgradedConnectionsAreDisturbed()
    {
        QFETCH(const Disturbance, disturbance);
        QFETCH(const bool, connectionEnds);
        QFETCH(const bool, streamEnds);
        RawClient client(*m_cluster, Identity::Certificate);
        client.upgrade("echo");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const auto [error, data] = tunnel.open(7000);
        tunnel.session().sendData(data, "x");
        tunnel.flush();
        QTRY_COMPARE((tunnel.pump(), tunnel.streams[data].data), "x"_ba);
        QCOMPARE(m_cluster->traffic().upgrades, 1);
        QCOMPARE(m_cluster->traffic().openUpgraded, 1);

        QCOMPARE(m_cluster->disturbUpgraded(disturbance), 1);

        if (connectionEnds) {
            QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
            QTRY_COMPARE(m_cluster->traffic().openUpgraded, 0);
            return;
        }
        QTRY_COMPARE((tunnel.pump(), tunnel.session().mayOpenStreams()), disturbance != Disturbance::GoAway);
        QTRY_COMPARE((tunnel.pump(), tunnel.streams[data].reset), streamEnds);
        if (!streamEnds) { // what runs goes on behind a GOAWAY
            tunnel.session().sendData(data, "y");
            tunnel.flush();
            QTRY_COMPARE((tunnel.pump(), tunnel.streams[data].data), "xy"_ba);
        }
    }
};

QTEST_GUILESS_MAIN(TestChangingCluster)
#include "tst_changingcluster.moc"
