#include "core/democluster/democluster.h"
#include "core/kube/api/answerstream.h"
#include "core/kube/api/apiclient.h"
#include "core/kube/config/kubeconfig.h"
#include "forwarding.h"
#include "proxyprocess.h"
#include "tests/interop/requirement.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 60'000;

} // namespace

/// Lists, watches and forwards through squid and microsocks: by proxy-url and by the environment, over SPDY and
/// WebSocket, with equal data; and what is said where they refuse.
class TestProxy : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const QString &problem : {m_squid.startSquid(), m_socks.startMicrosocks()}) {
            if (!problem.isEmpty())
                FAIRLEAD_SKIP_INTEROP(problem);
        }
        const auto started = m_cluster.start({});
        QVERIFY2(started.hasValue(), started ? "" : qPrintable(started.error()));
        QFile file(*started);
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_kubeconfig = file.readAll();
    }

    void cleanupTestCase()
    {
        m_squid.stop();
        m_socks.stop();
    }

    void works_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("host");
        QTest::addRow("squid, an address") << u"http"_s << u"127.0.0.1"_s;
        QTest::addRow("squid, a name that only it knows") << u"http"_s << u"api.behind.proxy"_s;
        QTest::addRow("microsocks, an address") << u"socks5"_s << u"127.0.0.1"_s;
        QTest::addRow("microsocks, a name") << u"socks5h"_s << u"localhost"_s;
    }

    void works()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, host);
        const QString kubeconfig = write(host, proxyUrl(kind));
        const auto config = resolve(kubeconfig);
        QVERIFY2(config.hasValue(), config ? "" : qPrintable(config.error()));
        QVERIFY(config->unsupported.isEmpty());

        QCOMPARE(listPods(*config), QString());
        QCOMPARE(watchPods(*config), QString());

        for (const bool webSocket : {false, true}) {
            const Demo::Traffic before = m_cluster.traffic();
            Forwarding forwarding(kubeconfig, QProcessEnvironment::systemEnvironment(),
                                  {u"--transport"_s, webSocket ? u"websocket"_s : u"spdy"_s});
            QCOMPARE(forwarding.exchangeProblem(), QString());
            QVERIFY(!forwarding.output().contains(QLatin1StringView(ProxyProcess::Password)));
            const Demo::Traffic after = m_cluster.traffic();
            QVERIFY(after.upgrades > before.upgrades);
            QCOMPARE(after.webSockets - before.webSockets, webSocket ? after.upgrades - before.upgrades : 0);
        }
        QVERIFY2(kind == "http"_L1 ? m_squid.log().contains("CONNECT " + host.toLatin1())
                                   : m_socks.log().contains("connected to"),
                 "nothing went through the proxy");
    }

    /// The environment's proxies never count for loopback, and the cluster is on it; the name only squid knows is not.
    void theEnvironmentCounts()
    {
        const QString kubeconfig = write(u"api.behind.proxy"_s, {});
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HTTPS_PROXY"_s, proxyUrl(u"http"_s));
        Forwarding through(kubeconfig, environment);
        QVERIFY2(through.port() != 0, qPrintable(through.output()));

        environment.insert(u"NO_PROXY"_s, u".behind.proxy"_s);
        Forwarding straight(kubeconfig, environment);
        QVERIFY(straight.ends());
        QVERIFY2(straight.output().contains("no such host"_L1), qPrintable(straight.output()));
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("user"); ///< with its colon and password
        QTest::addColumn<QString>("sentence");
        QTest::addRow("squid, no password") << u"http"_s << u"127.0.0.1"_s << u""_s << u"wants user and password"_s;
        QTest::addRow("squid, wrong password")
            << u"http"_s << u"127.0.0.1"_s << u"joe:M4RKED"_s << u"does not accept the user and password"_s;
        QTest::addRow("squid, not allowed")
            << u"http"_s << u"blocked.example"_s << QString() << u"does not allow connections to blocked.example"_s;
        QTest::addRow("squid, unknown name")
            << u"http"_s << u"nobody.knows.invalid"_s << QString() << u"cannot reach nobody.knows.invalid"_s;
        QTest::addRow("microsocks, no password")
            << u"socks5"_s << u"127.0.0.1"_s << u""_s << u"wants user and password"_s;
        QTest::addRow("microsocks, wrong password")
            << u"socks5"_s << u"127.0.0.1"_s << u"joe:M4RKED"_s << u"does not accept the user and password"_s;
        QTest::addRow("microsocks, unknown name")
            << u"socks5"_s << u"nobody.knows.invalid"_s << QString() << u"cannot reach nobody.knows.invalid"_s;
        QTest::addRow("microsocks as an HTTP proxy")
            << u"http:socks"_s << u"127.0.0.1"_s << QString() << u"does not answer as an HTTP proxy"_s;
    }

    void refusals()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, host);
        QFETCH(const QString, user);
        QFETCH(const QString, sentence);
        QUrl proxy(proxyUrl(kind.section(u':', 0, 0)));
        if (kind.contains(u':'))
            proxy.setPort(m_socks.port());
        if (!user.isNull())
            proxy.setUserInfo(user);
        const auto config = resolve(write(host, proxy.toString(QUrl::FullyEncoded)));
        QVERIFY(config.hasValue());
        const QString said = listPods(*config);
        QVERIFY2(said.contains(sentence), qPrintable(said));
        QVERIFY(!said.contains("M4RKED"_L1) && !said.contains(QLatin1StringView(ProxyProcess::Password)));
        QCOMPARE(watchPods(*config), said);
    }

private:
    [[nodiscard]] QString proxyUrl(const QString &scheme) const
    {
        QUrl url;
        url.setScheme(scheme);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(scheme == "http"_L1 ? m_squid.port() : m_socks.port());
        const QByteArray password = QByteArray(ProxyProcess::Password).toPercentEncoding();
        return scheme + u"://joe:"_s + QString::fromLatin1(password) + u"@127.0.0.1:"_s + QString::number(url.port());
    }

    /// The cluster's kubeconfig with another host and a proxy. The certificate is made out to localhost.
    [[nodiscard]] QString write(const QString &host, const QString &proxy)
    {
        QByteArray text = m_kubeconfig;
        const QByteArray server = "    server: " + m_cluster.serverUrl().toUtf8();
        QUrl url(m_cluster.serverUrl());
        url.setHost(host);
        QByteArray changed = "    server: " + url.toEncoded() + "\n    tls-server-name: localhost";
        if (!proxy.isEmpty())
            changed += "\n    proxy-url: '" + proxy.toUtf8() + "'";
        text.replace(server, changed);
        const QString path = m_folder.filePath(u"config-%1"_s.arg(++m_files));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return path;
    }

    static Result<Kube::ConnectionConfig, QString> resolve(const QString &kubeconfig)
    {
        Kube::ConnectionFlags flags;
        flags.kubeconfig = kubeconfig;
        return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
    }

    static Kube::ApiClient::Request pods(const Kube::ConnectionConfig &config)
    {
        Kube::ApiClient::Request request;
        request.path = Kube::apiPath(config, {u"api"_s, u"v1"_s, u"namespaces"_s, u"default"_s, u"pods"_s});
        return request;
    }

    /// Empty if the echo pod is among them.
    [[nodiscard]] QString listPods(const Kube::ConnectionConfig &config)
    {
        Kube::ApiClient client(config);
        std::optional<QString> outcome;
        client.send(pods(config), this, [&](const Kube::ApiClient::Answer &answer) {
            if (!answer)
                outcome = answer.error().message;
            else
                outcome = answer->contains("\"echo\"") ? QString() : u"no echo"_s;
        });
        (void)QTest::qWaitFor([&] { return outcome.has_value(); }, PatienceMs);
        return outcome.value_or(u"no answer"_s);
    }

    [[nodiscard]] QString watchPods(const Kube::ConnectionConfig &config)
    {
        Kube::ApiClient client(config);
        Kube::ApiClient::Request request = pods(config);
        request.query.addQueryItem(u"watch"_s, u"true"_s);
        const std::unique_ptr<Kube::AnswerStream> stream(client.stream(request, nullptr));
        std::optional<QString> outcome;
        connect(stream.get(), &Kube::AnswerStream::arrived, this, [&](const QByteArray &event) {
            if (!outcome) // the first piece begins an event
                outcome = event.startsWith("{") ? QString() : QString::fromUtf8(event);
        });
        connect(stream.get(), &Kube::AnswerStream::failed, this,
                [&](const Kube::ApiError &error) { outcome = error.message; });
        stream->open();
        (void)QTest::qWaitFor([&] { return outcome.has_value(); }, PatienceMs);
        return outcome.value_or(u"no answer"_s);
    }

    ProxyProcess m_squid;
    ProxyProcess m_socks;
    Demo::DemoCluster m_cluster;
    QByteArray m_kubeconfig;
    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
