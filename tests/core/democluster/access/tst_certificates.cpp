#include "core/democluster/access/certificates.h"
#include "core/democluster/access/kubeconfigwriter.h"

#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Demo;

class TestCertificates : public QObject
{
    Q_OBJECT

private slots:
    void theServerCertificateNamesEveryAddress()
    {
        const auto ca = CertificateAuthority::create(u"test-ca"_s);
        QVERIFY(ca);
        const auto pair =
            ca->issueServer({QHostAddress(u"127.0.0.1"_s), QHostAddress(u"::1"_s)}, {"localhost", "other.example"});
        QVERIFY(pair);
        const QSslCertificate certificate(pair->certificate, QSsl::Pem);

        const auto names = certificate.subjectAlternativeNames();

        QCOMPARE(names.values(QSsl::IpAddressEntry).size(), 2);
        QVERIFY(names.values(QSsl::IpAddressEntry).contains(u"127.0.0.1"_s));
        QVERIFY(names.values(QSsl::DnsEntry).contains(u"localhost"_s));
        QVERIFY(names.values(QSsl::DnsEntry).contains(u"other.example"_s));
    }

    void theClientCertificateCarriesUserAndGroups()
    {
        const auto ca = CertificateAuthority::create(u"test-ca"_s);
        const auto pair = ca->issueClient("demo", {"demo:admins", "others"});
        QVERIFY(pair);
        const QSslCertificate certificate(pair->certificate, QSsl::Pem);

        QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName), QStringList{u"demo"_s});
        QStringList groups = certificate.subjectInfo(QSslCertificate::Organization);
        groups.sort(); // Qt does not keep their order
        QCOMPARE(groups, (QStringList{u"demo:admins"_s, u"others"_s}));
        QVERIFY(!QSslKey(pair->key, QSsl::Ec).isNull());
    }

    void everyCertificateIsSignedByItsOwnAuthority()
    {
        const auto ca = CertificateAuthority::create(u"test-ca"_s);
        const auto other = CertificateAuthority::create(u"test-ca"_s);
        const auto pair = ca->issueServer({}, {"localhost"});
        const QSslCertificate leaf(pair->certificate, QSsl::Pem);
        const QSslCertificate own(ca->certificatePem(), QSsl::Pem);
        const QSslCertificate foreign(other->certificatePem(), QSsl::Pem);

        QCOMPARE(leaf.issuerInfo(QSslCertificate::CommonName), QStringList{u"test-ca"_s});
        QVERIFY(own.publicKey() != foreign.publicKey());
        QVERIFY(leaf.serialNumber() != own.serialNumber());
    }

    void certificatesAreValidNowAndForLong()
    {
        const auto ca = CertificateAuthority::create(u"test-ca"_s);
        const QSslCertificate own(ca->certificatePem(), QSsl::Pem);
        const QDateTime now = QDateTime::currentDateTimeUtc();

        QVERIFY(own.effectiveDate() < now.addSecs(-60));
        QVERIFY(own.expiryDate() > now.addDays(300));
    }

    void theKubeconfigIsPrivateAlsoOverAnOpenFile()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"config"_s);
        {
            QFile open(path);
            QVERIFY(open.open(QIODevice::WriteOnly));
            open.write("old");
            open.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup
                                | QFileDevice::ReadOther);
        }
        const auto written = writeKubeconfig(path, "new");

        QVERIFY(written);
        QCOMPARE(*written, path);
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
            | QFileDevice::WriteOther | QFileDevice::ExeOwner;
        QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "new"_ba);
    }

    void aKubeconfigThatCannotBeWrittenSaysWhere()
    {
        const auto written = writeKubeconfig(u"/nonexistent-folder/config"_s, "x");
        QVERIFY(!written);
        QVERIFY(written.error().contains("/nonexistent-folder/config"_L1));
    }
};

QTEST_GUILESS_MAIN(TestCertificates)
#include "tst_certificates.moc"
