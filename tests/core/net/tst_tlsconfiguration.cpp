#include "core/net/tlsconfiguration.h"
#include "tests/support/tlsserverconfig.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

/// Asks every client for a certificate of its authority.
class StrictServer
{
public:
    explicit StrictServer(const Identity &authority)
    {
        m_server.setSslConfiguration(tlsServerConfiguration(Identity(serverWish(), authority), &authority));
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] bool hasClient() const { return m_server.hasPendingConnections(); }
    [[nodiscard]] QSslSocket *nextClient() { return qobject_cast<QSslSocket *>(m_server.nextPendingConnection()); }

private:
    QSslServer m_server;
};

} // namespace

class TestTlsConfiguration : public QObject
{
    Q_OBJECT

private slots:
    void clientKeysOfEveryKindSignIn_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("form");
        QTest::addColumn<QByteArray>("pemLabel");
        const auto row = [](const char *name, KeyKind kind, KeyForm form, const char *label) {
            QTest::addRow("%s", name) << int(kind) << int(form) << QByteArray(label);
        };
        row("RSA, PKCS#1", KeyKind::Rsa, KeyForm::Pkcs1, "BEGIN RSA PRIVATE KEY");
        row("RSA, PKCS#8", KeyKind::Rsa, KeyForm::Pkcs8, "BEGIN PRIVATE KEY");
        row("EC, SEC1", KeyKind::Ec, KeyForm::Sec1, "BEGIN EC PRIVATE KEY");
        row("EC, PKCS#8", KeyKind::Ec, KeyForm::Pkcs8, "BEGIN PRIVATE KEY");
        row("Ed25519, PKCS#8", KeyKind::Ed25519, KeyForm::Pkcs8, "BEGIN PRIVATE KEY");
    }

    void clientKeysOfEveryKindSignIn()
    {
        QFETCH(const int, kind);
        QFETCH(const int, form);
        QFETCH(const QByteArray, pemLabel);
        const Identity authority = makeAuthority();
        CertificateWish wish;
        wish.commonName = u"alice"_s;
        wish.key = KeyKind(kind);
        const Identity client(wish, authority);
        Net::TlsMaterial material;
        material.caPem = authority.certificatePem();
        material.clientCertificatePem = client.certificatePem();
        material.clientKeyPem = client.keyPem(KeyForm(form));
        QVERIFY(material.clientKeyPem.contains(pemLabel));

        const auto configuration = Net::makeTlsConfiguration(material);
        QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error()));
        StrictServer server(authority);
        QSslSocket socket;
        socket.setSslConfiguration(*configuration);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, server.port());

        QTRY_VERIFY2(server.hasClient() && socket.isEncrypted(), qPrintable(socket.errorString()));
        const std::unique_ptr<QSslSocket> seen(server.nextClient());
        QCOMPARE(seen->peerCertificate().subjectInfo(QSslCertificate::CommonName), QStringList{u"alice"_s});
    }

    /// One configuration serves many connections and outlives none of them too early.
    void oneConfigurationServesManyConnections()
    {
        const Identity authority = makeAuthority();
        const Identity client({}, authority);
        Net::TlsMaterial material{authority.certificatePem(), false, {}, client.certificatePem(), client.keyPem()};
        StrictServer server(authority);
        for (int round = 0; round < 3; ++round) {
            const auto configuration = Net::makeTlsConfiguration(material);
            QVERIFY(configuration);
            QSslSocket first;
            QSslSocket second;
            for (QSslSocket *socket : {&first, &second}) {
                socket->setSslConfiguration(*configuration);
                socket->connectToHostEncrypted(u"127.0.0.1"_s, server.port());
            }
            QTRY_VERIFY(first.isEncrypted() && second.isEncrypted());
        }
    }

    void alpnIsOffered()
    {
        const auto configuration = Net::makeTlsConfiguration({}, {"http/1.1"_ba});
        QVERIFY(configuration);
        QCOMPARE(configuration->allowedNextProtocols(), QByteArrayList{"http/1.1"_ba});
        QCOMPARE(configuration->protocol(), QSsl::TlsV1_2OrLater);
    }

    void whatCannotBeUsedIsNamed_data()
    {
        QTest::addColumn<QByteArray>("ca");
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("complaint");
        const Identity client({});
        const Identity other({});
        const QByteArray good = client.certificatePem();
        QTest::addRow("CA is no PEM") << "hello"_ba
                                      << ""_ba
                                      << ""_ba << u"certificate authority"_s;
        QTest::addRow("certificate is no PEM") << ""_ba
                                               << "hello"_ba << client.keyPem() << u"client certificate"_s;
        QTest::addRow("certificate without key") << ""_ba << good << ""_ba << u"no private key"_s;
        QTest::addRow("key is no PEM") << ""_ba << good << "hello"_ba << u"PEM form"_s;
        QTest::addRow("key of another") << ""_ba << good << other.keyPem() << u"does not belong"_s;
        QTest::addRow("encrypted key") << ""_ba << good << client.keyPem(KeyForm::EncryptedPkcs8)
                                       << u"encrypted with a passphrase"_s;
    }

    void whatCannotBeUsedIsNamed()
    {
        QFETCH(const QByteArray, ca);
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QString, complaint);
        const auto outcome = Net::makeTlsConfiguration({ca, false, {}, certificate, key});
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().contains(complaint), qPrintable(outcome.error()));
    }

    void keyWithoutCertificateIsIgnored()
    {
        const auto configuration = Net::makeTlsConfiguration({{}, false, {}, {}, "hello"_ba});
        QVERIFY(configuration);
        QVERIFY(configuration->privateKey().isNull());
    }
};

QTEST_GUILESS_MAIN(TestTlsConfiguration)
#include "tst_tlsconfiguration.moc"
