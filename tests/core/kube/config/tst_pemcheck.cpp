#include "core/kube/config/pemcheck.h"
#include "tests/core/kube/config/testkeys.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;
using Fault = ClientPairCheck::Fault;

class TestPemCheck : public QObject
{
    Q_OBJECT

private slots:
    void acceptsAndRefusesPairs_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<Fault>("fault");

        const TestKeys::Key rsa = TestKeys::makeRsa();
        const TestKeys::Key ec = TestKeys::makeEc();
        const TestKeys::Key ed = TestKeys::makeEd25519();
        const QByteArray rsaCertificate = TestKeys::certificate(rsa);
        const QByteArray ecCertificate = TestKeys::certificate(ec);
        const QByteArray ecParameters =
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        QTest::addRow("RSA, PKCS#1") << rsaCertificate << TestKeys::traditional(rsa) << Fault::None;
        QTest::addRow("RSA, PKCS#8") << rsaCertificate << TestKeys::pkcs8(rsa) << Fault::None;
        QTest::addRow("EC, SEC1") << ecCertificate << TestKeys::traditional(ec) << Fault::None;
        QTest::addRow("EC, SEC1 behind its parameters")
            << ecCertificate << ecParameters + TestKeys::traditional(ec) << Fault::None;
        QTest::addRow("EC, PKCS#8") << ecCertificate << TestKeys::pkcs8(ec) << Fault::None;
        QTest::addRow("Ed25519, PKCS#8") << TestKeys::certificate(ed) << TestKeys::pkcs8(ed) << Fault::None;
        QTest::addRow("leaf before its chain") << ecCertificate + rsaCertificate << TestKeys::pkcs8(ec) << Fault::None;
        QTest::addRow("key and certificate in one text")
            << TestKeys::pkcs8(ec) + ecCertificate << ecCertificate + TestKeys::pkcs8(ec) << Fault::None;
        QTest::addRow("text around the blocks")
            << "subject=joe\n" + ecCertificate << "Bag Attributes\n" + TestKeys::pkcs8(ec) + "bye" << Fault::None;
        QTest::addRow("Windows line ends") << QByteArray(ecCertificate).replace('\n', "\r\n")
                                           << QByteArray(TestKeys::pkcs8(ec)).replace('\n', "\r\n") << Fault::None;

        QTest::addRow("chain before its leaf")
            << rsaCertificate + ecCertificate << TestKeys::pkcs8(ec) << Fault::Mismatch;
        QTest::addRow("key of another kind") << ecCertificate << TestKeys::pkcs8(rsa) << Fault::Mismatch;
        QTest::addRow("another key of that kind")
            << ecCertificate << TestKeys::pkcs8(TestKeys::makeEc()) << Fault::Mismatch;
        QTest::addRow("encrypted PKCS#8") << ecCertificate << TestKeys::encryptedPkcs8(ec) << Fault::EncryptedKey;
        QTest::addRow("encrypted PKCS#1")
            << rsaCertificate << TestKeys::encryptedTraditional(rsa) << Fault::EncryptedKey;
        QTest::addRow("certificate instead of a key") << ecCertificate << ecCertificate << Fault::NoKey;
        QTest::addRow("no key") << ecCertificate << QByteArray() << Fault::NoKey;
        QTest::addRow("key instead of a certificate")
            << TestKeys::pkcs8(ec) << TestKeys::pkcs8(ec) << Fault::NoCertificate;
        QTest::addRow("DER instead of PEM")
            << QByteArray::fromHex("3082010a") << TestKeys::pkcs8(ec) << Fault::NoCertificate;
        QTest::addRow("cut certificate") << ecCertificate.left(100) << TestKeys::pkcs8(ec) << Fault::BadCertificate;
        QTest::addRow("cut key") << ecCertificate << TestKeys::pkcs8(ec).left(60) << Fault::BadKey;
        QTest::addRow("a block of something else in the certificate's clothes")
            << QByteArray("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") << TestKeys::pkcs8(ec)
            << Fault::BadCertificate;
        QTest::addRow("a block of something else in the key's clothes")
            << ecCertificate << QByteArray("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
            << Fault::BadKey;
    }

    void acceptsAndRefusesPairs()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QTEST(checkClientPair(certificate, key).fault, "fault");
    }

    void tellsWhoAndWhen()
    {
        const TestKeys::Key key = TestKeys::makeEc();
        const ClientPairCheck check = checkClientPair(TestKeys::certificate(key, -3, 7), TestKeys::pkcs8(key));
        QCOMPARE(check.subject, u"CN=joe"_s);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QVERIFY(qAbs(now.addDays(-3).secsTo(check.notBefore)) < 600);
        QVERIFY(qAbs(now.addDays(7).secsTo(check.notAfter)) < 600);
    }

    void countsRootsThatParse()
    {
        const QByteArray one = TestKeys::certificate(TestKeys::makeEc(), -9, -2);
        const QByteArray two = TestKeys::certificate(TestKeys::makeRsa(), -9, 5);
        const QByteArray damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        QCOMPARE(checkRoots(one + damaged + two).certificates, 2);
        QVERIFY(checkRoots(one + two).lastExpiry > QDateTime::currentDateTimeUtc());
        QVERIFY(checkRoots(one).lastExpiry < QDateTime::currentDateTimeUtc());
        QCOMPARE(checkRoots(damaged).certificates, 0);
        QCOMPARE(checkRoots("ca").certificates, 0);
        QCOMPARE(checkRoots({}).certificates, 0);
    }
};

QTEST_GUILESS_MAIN(TestPemCheck)
#include "tst_pemcheck.moc"
