#include "core/democluster/democluster.h"
#include "rawclient.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

class TestDemoCluster : public QObject
{
    Q_OBJECT

private:
    DemoCluster m_cluster;

private slots:
    void initTestCase()
    {
        const auto started = m_cluster.start({});
        QVERIFY2(started, qPrintable(started ? QString() : started.error()));
        QCOMPARE(*started, m_cluster.kubeconfigPath());
        QCOMPARE(QFile::permissions(*started) & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
    }

    void everyIdentityGetsWhatItMay_data()
    {
        QTest::addColumn<Identity>("identity");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("code");
        QTest::addRow("client certificate") << Identity::Certificate << "/api/v1/namespaces"_ba << 200;
        QTest::addRow("token") << Identity::Token << "/api/v1/namespaces"_ba << 200;
        QTest::addRow("limited token") << Identity::LimitedToken << "/api/v1/namespaces"_ba << 403;
        QTest::addRow("limited token at home") << Identity::LimitedToken << "/api/v1/namespaces/shop/pods"_ba << 200;
        QTest::addRow("certificate of another authority")
            << Identity::ForeignCertificate << "/api/v1/namespaces"_ba << 401;
        QTest::addRow("nobody") << Identity::Nobody << "/api/v1/namespaces"_ba << 401;
    }

    void everyIdentityGetsWhatItMay()
    {
        QFETCH(const Identity, identity);
        QFETCH(const QByteArray, path);
        QFETCH(const int, code);
        RawClient client(m_cluster, identity);
        client.send("GET", path);
        QTRY_COMPARE(client.code(), code);
        QVERIFY(QJsonDocument::fromJson(client.body).isObject());
    }

    void aConnectionServesManyRequestsAlsoPipelined()
    {
        RawClient client(m_cluster, Identity::Certificate);
        for (int i = 0; i < 3; ++i)
            client.send("GET", "/version");
        client.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "Content-Length: 2\r\n", "{}");
        for (const int expected : {200, 200, 200, 201}) {
            QTRY_COMPARE(client.code(), expected);
            client.next();
        }
        QVERIFY(client.body.contains("\"username\":\"demo\""));
        QCOMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
    }

    void brokenRequestsAreAnsweredAndEnded_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addRow("no HTTP") << "HELLO\r\n\r\n"_ba << 400;
        QTest::addRow("head over 64 KiB") << "GET / HTTP/1.1\r\nX: "_ba + QByteArray(70'000, 'x') + "\r\n\r\n" << 431;
        QTest::addRow("body over 1 MiB") << "POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n"_ba << 413;
        QTest::addRow("two framings") << "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"_ba
                                      << 400;
    }

    void brokenRequestsAreAnsweredAndEnded()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, code);
        RawClient client(m_cluster, Identity::Certificate);
        client.socket.write(bytes);
        QTRY_COMPARE(client.code(), code);
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
    }

    void aWatchStreamsChunks()
    {
        RawClient client(m_cluster, Identity::Certificate);
        client.send("GET", "/api/v1/namespaces?watch=1&timeoutSeconds=1&allowWatchBookmarks=true");
        QTRY_VERIFY((client.received += client.socket.readAll(), client.received.endsWith("0\r\n\r\n")));
        QVERIFY(client.received.contains("Transfer-Encoding: chunked"));
        QVERIFY(client.received.contains("\"type\":\"ADDED\""));
        QVERIFY(client.received.contains("\"type\":\"BOOKMARK\""));
        client.received.clear();
        client.send("GET", "/version"); // the connection lives on
        QTRY_COMPARE(client.code(), 200);
    }

    void everythingCanBePipelinedBehindTheUpgrade()
    {
        RawClient client(m_cluster, Identity::Certificate);
        client.upgrade("echo");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const auto [error, data] = tunnel.open(7000);
        tunnel.session().sendData(data, "first words");
        tunnel.session().sendPing();
        tunnel.flush();

        QTRY_COMPARE((tunnel.pump(), tunnel.streams[data].data), "first words"_ba);
        QTRY_COMPARE((tunnel.pump(), tunnel.pongs), 1);
        QVERIFY(!tunnel.streams[error].fin);
    }

    void aPortWithoutProgramRefusesInContainerdsWords()
    {
        RawClient client(m_cluster, Identity::Token);
        client.upgrade("refuser");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const auto [error, data] = tunnel.open(8081);
        tunnel.flush();
        QTRY_VERIFY((tunnel.pump(), tunnel.streams[error].reset));
        QVERIFY(tunnel.streams[data].fin);
        const QByteArray text = tunnel.streams[error].data;
        QVERIFY2(text.startsWith("error forwarding port 8081 to pod ") && text.contains("connection refused"),
                 text.constData());
    }

    void oneSessionCarriesManyConnectionsUnmixed()
    {
        RawClient client(m_cluster, Identity::Certificate);
        client.upgrade("echo");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        std::map<quint32, QByteArray> expected;
        for (int i = 0; i < 40; ++i) {
            const quint32 data = tunnel.open(7000).second;
            expected[data] = QByteArray(20'000 + i, char('A' + i % 26));
            tunnel.session().sendData(data, expected[data]);
        }
        tunnel.flush();
        for (const auto &[stream, bytes] : expected)
            QTRY_COMPARE((tunnel.pump(), tunnel.streams[stream].data), bytes);
    }

    void eightMebibytesComeBackEqual()
    {
        RawClient client(m_cluster, Identity::Certificate);
        client.upgrade("echo");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const quint32 data = tunnel.open(7000).second;
        QByteArray sent;
        for (int i = 0; i < 8 * 1024 * 1024 / 4; ++i)
            sent.append(reinterpret_cast<const char *>(&i), 4);
        tunnel.session().sendData(data, sent);
        tunnel.flush();
        QTRY_VERIFY_WITH_TIMEOUT((tunnel.pump(), tunnel.streams[data].data.size() == sent.size()), 60'000);
        QVERIFY(tunnel.streams[data].data == sent);
    }

    void aBrokenSessionEndsOnlyItself()
    {
        RawClient broken(m_cluster, Identity::Certificate);
        broken.upgrade("echo");
        QTRY_COMPARE(broken.code(), 101);
        broken.socket.write(QByteArray::fromHex("80030063 00000000")); // no such control frame
        QTRY_COMPARE(broken.socket.state(), QAbstractSocket::UnconnectedState);
        everythingCanBePipelinedBehindTheUpgrade();
    }

    void declaredPodsAreServed()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"pods.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("pods: [{name: mine, namespace: team, address: 127.0.0.1}]\n");
        file.close();
        DemoCluster cluster;
        Options options;
        options.podsFile = file.fileName();
        options.kubeconfigOut = folder.filePath(u"config"_s);
        QVERIFY(cluster.start(options));
        QCOMPARE(cluster.kubeconfigPath(), options.kubeconfigOut);
        RawClient client(cluster, Identity::Certificate);
        client.send("GET", "/api/v1/namespaces/team/pods/mine");
        QTRY_COMPARE(client.code(), 200);
        cluster.stop();
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
    }

    void itListensOnIpv6Too()
    {
        DemoCluster cluster;
        Options options;
        options.address = QHostAddress(QHostAddress::LocalHostIPv6);
        const auto started = cluster.start(options);
        if (!started)
            QSKIP("this machine has no IPv6 loopback");
        QVERIFY(cluster.serverUrl().startsWith("https://[::1]:"_L1));
        RawClient client(cluster, Identity::Certificate);
        client.send("GET", "/version");
        QTRY_COMPARE(client.code(), 200);
    }

    void thePodsLastBytesArriveWhenItGoes()
    {
        DemoCluster cluster;
        QVERIFY(cluster.start({}));
        RawClient client(cluster, Identity::Certificate);
        client.upgrade("web");
        QTRY_COMPARE(client.code(), 101);
        RawTunnel tunnel(client);
        const quint32 data = tunnel.open(8080).second;
        tunnel.session().sendData(data, "GET /bytes/5000000 HTTP/1.0\r\n\r\n"); // closed by the server when it is out
        tunnel.flush();
        QTRY_VERIFY_WITH_TIMEOUT((tunnel.pump(), tunnel.streams[data].fin), 30'000);
        const QByteArray &got = tunnel.streams[data].data;
        QCOMPARE(got.size() - got.indexOf("\r\n\r\n") - 4, 5'000'000);
    }

    void aClusterThatCannotStartSaysWhy_data()
    {
        QTest::addColumn<QString>("podsFile");
        QTest::addColumn<QString>("kubeconfig");
        QTest::addColumn<QString>("word");
        QTest::addRow("no pods file") << u"/nonexistent/pods"_s << QString() << u"/nonexistent/pods"_s;
        QTest::addRow("no folder for the kubeconfig")
            << QString() << u"/nonexistent/config"_s << u"/nonexistent/config"_s;
    }

    void aClusterThatCannotStartSaysWhy()
    {
        QFETCH(const QString, podsFile);
        QFETCH(const QString, kubeconfig);
        QFETCH(const QString, word);
        DemoCluster cluster;
        Options options;
        options.podsFile = podsFile;
        options.kubeconfigOut = kubeconfig;
        const auto started = cluster.start(options);
        QVERIFY(!started);
        QVERIFY2(started.error().contains(word), qPrintable(started.error()));
        QVERIFY(cluster.start({})); // and can be tried again
    }
};

QTEST_GUILESS_MAIN(TestDemoCluster)
#include "tst_democluster.moc"
