#include "core/kube/api/answerstream.h"
#include "core/kube/api/apiclient.h"
#include "tests/support/httpserver.h"
#include "tests/support/tlsserverconfig.h"

#include <QSslCertificate>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 20'000;

struct Outcome {
    std::optional<ApiClient::Answer> answer;
    [[nodiscard]] QString words() const
    {
        if (!answer)
            return u"nothing"_s;
        return *answer ? u"answered"_s : answer->error().kubectlText + u" / "_s + answer->error().message;
    }
};

void answerEmpty(const HttpRequest &, HttpAnswerer out)
{
    out.respond(200, "{}");
}

ApiClient::Request version()
{
    ApiClient::Request request;
    request.path = "/version";
    return request;
}

} // namespace

/// A real TLS server on loopback, with certificates made for the occasion.
class TestApiClientTls : public QObject
{
    Q_OBJECT

private slots:
    void certificates_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<QStringList>("inMessage");
        const QString prefix = u"Unable to connect to the server: tls: failed to verify certificate: x509: "_s;
        QTest::addRow("good") << u"none"_s << QString() << QStringList();
        QTest::addRow("another authority")
            << u"authority"_s << prefix + u"certificate signed by unknown authority"_s
            << QStringList{u"“api”"_s, u"“Test CA”"_s, u"trusted authorities"_s, u"valid until"_s};
        QTest::addRow("signed by itself") << u"self"_s << prefix + u"certificate signed by unknown authority"_s
                                          << QStringList{u"“api”"_s, u"signed by itself"_s};
        QTest::addRow("another address") << u"address"_s
                                         << prefix + u"certificate is valid for 10.1.2.3, not 127.0.0.1"_s
                                         << QStringList{u"“api”"_s, u"10.1.2.3"_s, u"api.example"_s, u"127.0.0.1"_s,
                                                        u"valid until"_s};
        QTest::addRow("no address at all")
            << u"noaddress"_s
            << prefix + u"cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs"_s
            << QStringList{u"api.example"_s};
        QTest::addRow("expired") << u"expired"_s
                                 << prefix + u"certificate has expired or is not yet valid: current time "_s
                                 << QStringList{u"“api”"_s, u"expired on"_s};
        QTest::addRow("not yet valid") << u"future"_s
                                       << prefix + u"certificate has expired or is not yet valid: current time "_s
                                       << QStringList{u"valid only from"_s, u"clock"_s};
        QTest::addRow("tls-server-name that fits") << u"servername"_s << QString() << QStringList();
        QTest::addRow("tls-server-name that does not fit")
            << u"wrongservername"_s << prefix + u"certificate is valid for api.example, not other.example"_s
            << QStringList{u"other.example"_s};
        QTest::addRow("insecure takes all") << u"insecure"_s << QString() << QStringList();
    }

    void certificates()
    {
        QFETCH(const QString, fault);
        QFETCH(const QString, kubectl);
        QFETCH(const QStringList, inMessage);
        const Identity authority = makeAuthority();
        CertificateWish wish = serverWish();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        if (fault == "address"_L1)
            wish.addresses = {u"10.1.2.3"_s};
        if (fault == "noaddress"_L1 || fault == "servername"_L1 || fault == "insecure"_L1)
            wish.addresses.clear();
        if (fault == "expired"_L1 || fault == "insecure"_L1)
            wish.notAfter = now.addSecs(-3600);
        if (fault == "future"_L1)
            wish.notBefore = now.addSecs(3600);
        const Identity identity = fault == "self"_L1 ? Identity(wish) : Identity(wish, authority);
        HttpServer server(answerEmpty, tlsServerConfiguration(identity));
        ConnectionConfig config;
        config.server = server.url();
        config.token = u"secret-token"_s;
        config.tls.caPem = (fault == "authority"_L1 ? makeAuthority(u"Other CA"_s) : authority).certificatePem();
        if (fault == "servername"_L1)
            config.tls.serverName = u"api.example"_s;
        if (fault == "wrongservername"_L1)
            config.tls.serverName = u"other.example"_s;
        if (fault == "insecure"_L1)
            config.tls = {{}, true, {}, {}, {}};

        ApiClient client(config);
        Outcome outcome;
        client.send(version(), this, [&](ApiClient::Answer answer) { outcome.answer = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.answer, Deadline);

        if (kubectl.isEmpty()) {
            QVERIFY2(*outcome.answer, qPrintable(outcome.words()));
            QCOMPARE(server.requests()[0].field("Authorization"), "Bearer secret-token"_ba);
            QCOMPARE(server.requests()[0].field("Host"), "127.0.0.1:"_ba + QByteArray::number(server.port()));
            return;
        }
        QVERIFY(!*outcome.answer);
        const ApiError error = outcome.answer->error();
        QCOMPARE(error.kind, ApiError::Kind::Tls);
        QVERIFY2(error.kubectlText.startsWith(kubectl), qPrintable(error.kubectlText));
        for (const QString &word : inMessage)
            QVERIFY2(error.message.contains(word), qPrintable(error.message));
        QVERIFY(error.message.contains(client.hostText()));
        QVERIFY(!error.advice.isEmpty());
        compareWithStream(client, error);
        QVERIFY(server.requests().isEmpty());
    }

    /// What is read as it comes has its TLS from OpenSSL itself, and says the same.
    void compareWithStream(ApiClient &client, const ApiError &expected)
    {
        const std::unique_ptr<AnswerStream> stream(client.stream(version(), nullptr));
        std::optional<ApiError> error;
        connect(stream.get(), &AnswerStream::failed, this, [&](const ApiError &failure) { error = failure; });
        stream->open();
        QTRY_VERIFY_WITH_TIMEOUT(error, Deadline);
        QCOMPARE(error->kind, expected.kind);
        QCOMPARE(error->message, expected.message);
        QCOMPARE(error->advice, expected.advice);
        const auto timeless = [](const QString &text) { return text.section(u"current time"_s, 0, 0); };
        QCOMPARE(timeless(error->kubectlText), timeless(expected.kubectlText));
    }

    void clientCertificatesOfEveryKeyKind_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("form");
        QTest::addRow("RSA PKCS#1") << int(KeyKind::Rsa) << int(KeyForm::Pkcs1);
        QTest::addRow("RSA PKCS#8") << int(KeyKind::Rsa) << int(KeyForm::Pkcs8);
        QTest::addRow("EC SEC1") << int(KeyKind::Ec) << int(KeyForm::Sec1);
        QTest::addRow("EC PKCS#8") << int(KeyKind::Ec) << int(KeyForm::Pkcs8);
        QTest::addRow("Ed25519 PKCS#8") << int(KeyKind::Ed25519) << int(KeyForm::Pkcs8);
    }

    void clientCertificatesOfEveryKeyKind()
    {
        QFETCH(const int, kind);
        QFETCH(const int, form);
        const Identity authority = makeAuthority();
        CertificateWish wish;
        wish.key = KeyKind(kind);
        const Identity alice(wish, authority);
        HttpServer server(answerEmpty, tlsServerConfiguration(Identity(serverWish(), authority), &authority));
        ConnectionConfig config;
        config.server = server.url();
        config.tls = {authority.certificatePem(), false, {}, alice.certificatePem(), alice.keyPem(KeyForm(form))};
        ApiClient client(config);
        Outcome outcome;
        client.send(version(), this, [&](ApiClient::Answer answer) { outcome.answer = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.answer, Deadline);
        QVERIFY2(*outcome.answer, qPrintable(outcome.words()));
    }

    void aServerThatWantsACertificateSaysSo()
    {
        const Identity authority = makeAuthority();
        HttpServer server(answerEmpty, tlsServerConfiguration(Identity(serverWish(), authority), &authority));
        ConnectionConfig config;
        config.server = server.url();
        config.tls.caPem = authority.certificatePem();
        ApiClient client(config);
        Outcome outcome;
        client.send(version(), this, [&](ApiClient::Answer answer) { outcome.answer = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.answer, Deadline);
        QVERIFY2(!*outcome.answer, qPrintable(outcome.words()));
    }

    void unusableMaterialAsksNobody()
    {
        HttpServer server(answerEmpty);
        ConnectionConfig config;
        config.server = server.url();
        config.server.setScheme(u"https"_s);
        config.tls.caPem = "hello";
        ApiClient client(config);
        Outcome outcome;
        client.send(version(), this, [&](ApiClient::Answer answer) { outcome.answer = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.answer, Deadline);
        QCOMPARE(outcome.answer->error().kind, ApiError::Kind::Tls);
        QCOMPARE(server.connections(), 0);
    }

    void plainHttpBehindHttpsIsATlsError()
    {
        HttpServer server(answerEmpty);
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        connect(&plain, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = plain.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write("HTTP/1.0 400 Bad Request\r\n\r\nClient sent garbage");
                socket->disconnectFromHost();
            });
        });
        ConnectionConfig config;
        config.server = server.url();
        config.server.setScheme(u"https"_s);
        config.server.setPort(plain.serverPort());
        ApiClient client(config);
        Outcome outcome;
        client.send(version(), this, [&](ApiClient::Answer answer) { outcome.answer = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.answer, Deadline);
        QVERIFY(!*outcome.answer);
        QCOMPARE(outcome.answer->error().kind, ApiError::Kind::Tls);
        QVERIFY2(outcome.answer->error().message.contains(u"does not speak TLS"_s), qPrintable(outcome.words()));
    }

    /// client-go trusts whatever certificate the kubeconfig names, not only roots.
    void anyNamedCertificateIsAnAnchor_data()
    {
        QTest::addColumn<QString>("named");
        QTest::addColumn<bool>("trusted");
        QTest::addRow("the root") << u"root"_s << true;
        QTest::addRow("an intermediate authority") << u"middle"_s << true;
        QTest::addRow("the server's own") << u"leaf"_s << true;
        QTest::addRow("another intermediate authority of that root") << u"other"_s << false;
    }

    void anyNamedCertificateIsAnAnchor()
    {
        QFETCH(const QString, named);
        QFETCH(const bool, trusted);
        const Identity root = makeAuthority();
        CertificateWish middleWish;
        middleWish.commonName = u"Middle CA"_s;
        middleWish.authority = true;
        const Identity middle(middleWish, root);
        middleWish.commonName = u"Other middle CA"_s;
        const Identity other(middleWish, root);
        const Identity leaf(serverWish(), middle);
        QSslConfiguration tls = tlsServerConfiguration(leaf);
        tls.setLocalCertificateChain(QSslCertificate::fromData(leaf.certificatePem() + middle.certificatePem()));
        HttpServer server(answerEmpty, tls);
        ConnectionConfig config;
        config.server = server.url();
        const QMap<QString, QByteArray> anchors{{u"root"_s, root.certificatePem()},
                                                {u"middle"_s, middle.certificatePem()},
                                                {u"leaf"_s, leaf.certificatePem()},
                                                {u"other"_s, other.certificatePem()}};
        config.tls.caPem = anchors.value(named);
        ApiClient client(config);
        Outcome outcome;
        client.send(version(), this, [&](ApiClient::Answer answer) { outcome.answer = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.answer, Deadline);
        QVERIFY2(outcome.answer->hasValue() == trusted, qPrintable(outcome.words()));
    }
};

QTEST_GUILESS_MAIN(TestApiClientTls)
#include "tst_apiclienttls.moc"
