#include "app/cli/connectionflags.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::App;
using namespace Qt::StringLiterals;

using OptionalTextField = std::optional<QString> Fairlead::Kube::ConnectionFlags::*;
Q_DECLARE_METATYPE(OptionalTextField)

class TestConnectionFlags : public QObject
{
    Q_OBJECT

private:
    static Kube::ConnectionFlags read(const QStringList &arguments)
    {
        ArgumentReader reader;
        reader.addOptions(connectionOptions());
        const auto parsed = reader.parse(arguments);
        return parsed ? connectionFlags(*parsed) : Kube::ConnectionFlags();
    }

private slots:
    void aFlagThatIsNotGivenStaysEmpty()
    {
        const Kube::ConnectionFlags flags = read({u"--context=x"_s});
        QCOMPARE(flags.context, std::optional(u"x"_s));
        QVERIFY(!flags.kubeconfig && !flags.cluster && !flags.user && !flags.namespaceName && !flags.server
                && !flags.token && !flags.insecureSkipTlsVerify && !flags.certificateAuthority
                && !flags.clientCertificate && !flags.clientKey && !flags.tlsServerName && !flags.as);
        QVERIFY(flags.asGroups.isEmpty());
    }

    void everyFlagLandsInItsField_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<OptionalTextField>("field");
        const QList<std::pair<QLatin1StringView, OptionalTextField>> rows{
            {"--kubeconfig"_L1, &Kube::ConnectionFlags::kubeconfig},
            {"--context"_L1, &Kube::ConnectionFlags::context},
            {"--cluster"_L1, &Kube::ConnectionFlags::cluster},
            {"--user"_L1, &Kube::ConnectionFlags::user},
            {"--namespace"_L1, &Kube::ConnectionFlags::namespaceName},
            {"-n"_L1, &Kube::ConnectionFlags::namespaceName},
            {"--server"_L1, &Kube::ConnectionFlags::server},
            {"-s"_L1, &Kube::ConnectionFlags::server},
            {"--token"_L1, &Kube::ConnectionFlags::token},
            {"--certificate-authority"_L1, &Kube::ConnectionFlags::certificateAuthority},
            {"--client-certificate"_L1, &Kube::ConnectionFlags::clientCertificate},
            {"--client-key"_L1, &Kube::ConnectionFlags::clientKey},
            {"--tls-server-name"_L1, &Kube::ConnectionFlags::tlsServerName},
            {"--as"_L1, &Kube::ConnectionFlags::as},
        };
        for (const auto &[name, field] : rows) {
            QTest::addRow("%s, next argument", name.data()) << QStringList{name, u"value"_s} << field;
            QTest::addRow("%s, equals sign", name.data()) << QStringList{name + "=value"_L1} << field;
        }
    }

    void everyFlagLandsInItsField()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const OptionalTextField, field);
        QCOMPARE(read(arguments).*field, std::optional(u"value"_s));
    }

    void verifyingIsSwitchedOffAndOn()
    {
        QCOMPARE(read({u"--insecure-skip-tls-verify"_s}).insecureSkipTlsVerify, std::optional(true));
        QCOMPARE(read({u"--insecure-skip-tls-verify=false"_s}).insecureSkipTlsVerify, std::optional(false));
    }

    void groupsAddUp()
    {
        QCOMPARE(read({u"--as-group=a"_s, u"--as-group"_s, u"b,c"_s}).asGroups, QStringList({u"a"_s, u"b,c"_s}));
    }
};

QTEST_GUILESS_MAIN(TestConnectionFlags)
#include "tst_connectionflags.moc"
