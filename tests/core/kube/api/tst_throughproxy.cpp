#include "core/kube/api/answerstream.h"
#include "core/kube/api/apiclient.h"
#include "core/net/upgradedconnection.h"
#include "tests/support/fakeproxy.h"
#include "tests/support/httpserver.h"
#include "tests/support/tlsserverconfig.h"

#include <QTcpServer>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 20'000;
/// For those who wait for a proxy that says nothing.
constexpr int Patience = 300;

/// How the three ways to a server ended: plain REST, a watch, an upgrade.
struct Ends {
    QStringList sentences;
    QString kubectl;
    QList<ApiError::Kind> kinds;
    QList<Net::UpgradeFailure::Kind> upgradeKinds;
};

ApiClient::Request version(int timeoutMs)
{
    ApiClient::Request request;
    request.path = "/version";
    request.timeoutMs = timeoutMs;
    return request;
}

void answerEmpty(const HttpRequest &, HttpAnswerer out)
{
    out.respond(200, "{\"gitVersion\":\"v1\"}");
}

quint16 deadPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

/// Requests, watches and upgrades through proxies that work, and through ones that do not.
class TestThroughProxy : public QObject
{
    Q_OBJECT

private slots:
    void reachesTheServer_data()
    {
        QTest::addColumn<bool>("secureProxy");
        QTest::addColumn<bool>("secureServer");
        QTest::addRow("http proxy, https server") << false << true;
        QTest::addRow("http proxy, http server") << false << false;
        QTest::addRow("https proxy, https server: TLS within TLS") << true << true;
        QTest::addRow("https proxy, http server") << true << false;
    }

    void reachesTheServer()
    {
        QFETCH(const bool, secureProxy);
        QFETCH(const bool, secureServer);
        const Identity authority = makeAuthority();
        const auto tls = tlsServerConfiguration(Identity(serverWish(), authority));
        // large enough for many TLS records, and no multiple of any buffer
        const QByteArray large = "{\"x\":\"" + QByteArray(3'000'001, 'x') + "\"}";
        HttpServer server([&](const HttpRequest &, HttpAnswerer out) { out.respond(200, large); },
                          secureServer ? std::optional(tls) : std::nullopt);
        FakeProxy proxy({}, secureProxy ? std::optional(tls) : std::nullopt);
        ConnectionConfig config = configFor(server.url(), proxy.url());
        config.tls.caPem = authority.certificatePem();

        ApiClient client(config);
        QByteArray got;
        QString problem;
        client.send(version(Deadline), this, [&](const ApiClient::Answer &answer) {
            got = answer ? *answer : QByteArray();
            problem = answer ? QString() : answer.error().message;
        });
        QTRY_VERIFY2_WITH_TIMEOUT(!got.isEmpty() || !problem.isEmpty(), "no answer", Deadline);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QVERIFY(got == large);
        const QByteArray authorityText = "127.0.0.1:" + QByteArray::number(server.port());
        QVERIFY(proxy.heads().first().startsWith("CONNECT " + authorityText + " HTTP/1.1\r\n"));
        QVERIFY(proxy.heads().first().contains("Proxy-Authorization: Basic am9lOlNFQ1JFVA==\r\n"));
        // what is the proxy's stays with the proxy, and the other way round
        QCOMPARE(server.requests().first().field("Proxy-Authorization"), QByteArray());
        QVERIFY(!proxy.heads().first().contains("tok3n"));
    }

    void postsABody()
    {
        HttpServer server(answerEmpty);
        FakeProxy proxy({});
        ApiClient client(configFor(server.url(), proxy.url()));
        ApiClient::Request request = version(Deadline);
        request.verb = "POST";
        request.body = "{\"kind\":\"SelfSubjectReview\"}";
        bool answered = false;
        client.send(request, this, [&](const ApiClient::Answer &answer) { answered = answer.hasValue(); });
        QTRY_VERIFY_WITH_TIMEOUT(answered, Deadline);
        QCOMPARE(server.requests().first().body, request.body);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<bool>("tryAgain");
        const auto row = [](const char *rule, const QByteArray &answer, bool closes, const QString &words,
                            const char *kubectl, bool tryAgain) {
            QTest::addRow("%s", rule) << answer << closes << words << QString::fromLatin1(kubectl) << tryAgain;
        };
        row("407", "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n\r\n", true,
            u"does not accept the user and password"_s, "Proxy Authentication Required", false);
        row("407 with Negotiate", "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n\r\n",
            true, u"wants a sign-in of the kind Negotiate"_s, "Proxy Authentication Required", false);
        row("403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", false, u"does not allow connections"_s,
            "Forbidden", false);
        row("502 with a page", "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>oops</html>", true,
            u"cannot reach 127.0.0.1"_s, "Bad Gateway", true);
        row("a page behind a 200", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Sign in</html>", false,
            u"something of its own"_s, "malformed HTTP response", true);
        row("no HTTP", "220 smtp.example ESMTP\r\n", false, u"does not answer as an HTTP proxy"_s,
            "malformed HTTP response", false);
        row("closes without a word", "", true, u"closed the connection"_s, "proxyconnect tcp: EOF", true);
        row("closes within its answer", "HTTP/1.1 200 Conn", true, u"closed the connection"_s, "proxyconnect tcp: EOF",
            true);
        row("says nothing", "", false, u"does not answer"_s, "i/o timeout", true);
        row("stops within its answer", "HTTP/1.1 200 Conn", false, u"does not answer"_s, "i/o timeout", true);
    }

    void saysWhatIsWrong()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, closes);
        QFETCH(const QString, words);
        QFETCH(const QString, kubectl);
        QFETCH(const bool, tryAgain);
        const bool isSilent = !closes && !answer.contains("\n");
        FakeProxy proxy({closes ? ProxyScript::Then::Close : ProxyScript::Then::Stay, answer});

        const Ends ends =
            tryAll(configFor(QUrl(u"https://127.0.0.1:6443"_s), proxy.url()), isSilent ? Patience : Deadline);

        check(ends, words, tryAgain);
        QVERIFY2(ends.kubectl.contains(kubectl), qPrintable(ends.kubectl));
        QVERIFY(ends.sentences.first().contains(u"127.0.0.1:%1 (from HTTPS_PROXY)"_s.arg(proxy.url().port())));
    }

    void aDeadProxyIsNamed()
    {
        const Ends ends = tryAll(
            configFor(QUrl(u"https://127.0.0.1:6443"_s), QUrl(u"http://127.0.0.1:%1"_s.arg(deadPort()))), Deadline);
        check(ends, u"cannot be reached (Connection refused)"_s, true);
        QVERIFY2(ends.kubectl.contains("proxyconnect tcp: dial tcp 127.0.0.1"_L1), qPrintable(ends.kubectl));
    }

    void aSocksProxyThatIsNone()
    {
        FakeProxy proxy({ProxyScript::Then::Close, "HTTP/1.1 400 Bad Request\r\n\r\n"});
        QUrl url = proxy.url();
        url.setScheme(u"socks5"_s);
        check(tryAll(configFor(QUrl(u"https://127.0.0.1:6443"_s), url), Deadline),
              u"does not answer as a SOCKS5 proxy"_s, false);
    }

    void anHttpsProxyIsVerified()
    {
        const Identity authority = makeAuthority();
        FakeProxy proxy({}, tlsServerConfiguration(Identity(serverWish(), authority)));
        ConnectionConfig config = configFor(QUrl(u"https://127.0.0.1:6443"_s), proxy.url());
        config.tls.caPem = makeAuthority(u"Other CA"_s).certificatePem();
        const Ends ends = tryAll(config, Deadline);
        for (const QString &sentence : ends.sentences) {
            QVERIFY2(sentence.contains("No secure connection to the proxy https://127.0.0.1"_L1), qPrintable(sentence));
            QVERIFY2(sentence.contains(u"“Test CA”"_s), qPrintable(sentence));
        }
        QCOMPARE(ends.kinds, QList<ApiError::Kind>(2, ApiError::Kind::Tls));
        QVERIFY(proxy.heads().isEmpty()); // nothing was told to it, least of all a password
    }

private:
    static ConnectionConfig configFor(const QUrl &server, QUrl proxy)
    {
        proxy.setUserName(u"joe"_s);
        proxy.setPassword(u"SECRET"_s);
        ConnectionConfig config;
        config.server = server;
        config.token = u"tok3n"_s;
        config.proxyUrl = proxy.toString();
        config.proxySource = u"HTTPS_PROXY"_s;
        return config;
    }

    /// All three at once.
    Ends tryAll(const ConnectionConfig &config, int timeoutMs)
    {
        Ends ends;
        ApiClient client(config);
        const auto note = [&](const ApiError &error) {
            ends.sentences << error.message;
            ends.kinds << error.kind;
            ends.kubectl = error.kubectlText;
        };
        client.send(version(timeoutMs), this,
                    [&](const ApiClient::Answer &answer) { note(answer ? ApiError{} : answer.error()); });
        const std::unique_ptr<AnswerStream> stream(client.stream(version(timeoutMs), nullptr));
        connect(stream.get(), &AnswerStream::failed, this, note);
        stream->open();
        Net::UpgradeTarget target;
        target.host = config.server.host();
        target.port = quint16(config.server.port());
        target.timeoutMs = timeoutMs;
        target.proxy = *Net::makeProxyRoute(config.proxyUrl, config.proxySource, config.tls);
        Net::UpgradedConnection upgrade(target);
        connect(&upgrade, &Net::UpgradedConnection::failed, this, [&](const Net::UpgradeFailure &failure) {
            ends.sentences << failure.text;
            ends.upgradeKinds << failure.kind;
        });
        upgrade.open();
        (void)QTest::qWaitFor([&] { return ends.sentences.size() == 3; }, Deadline);
        return ends;
    }

    static void check(const Ends &ends, const QString &words, bool tryAgain)
    {
        QCOMPARE(ends.sentences.size(), 3);
        for (const QString &sentence : ends.sentences) {
            QCOMPARE(sentence, ends.sentences.first());
            QVERIFY2(sentence.contains(words), qPrintable(sentence));
            QVERIFY2(!sentence.contains("SECRET"_L1) && !sentence.contains("joe"_L1), qPrintable(sentence));
        }
        QVERIFY2(!ends.kubectl.contains("SECRET"_L1), qPrintable(ends.kubectl));
        QCOMPARE(ends.kinds, QList<ApiError::Kind>(2, tryAgain ? ApiError::Kind::Network : ApiError::Kind::Refused));
        using Kind = Net::UpgradeFailure::Kind;
        QCOMPARE(ends.upgradeKinds, QList<Kind>{tryAgain ? Kind::Network : Kind::Proxy});
    }
};

QTEST_GUILESS_MAIN(TestThroughProxy)
#include "tst_throughproxy.moc"
