#include "app/cli/configexplain.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::App;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Kubeconfig = R"(apiVersion: v1
kind: Config
current-context: prod
clusters:
- name: k
  cluster:
    server: https://api.example.com
    proxy-url: http://joe:PROXYSECRET@proxy.example.com:3128
    insecure-skip-tls-verify: true
    tls-server-name: api.internal
    disable-compression: true
users:
- name: u
  user:
    token: TOKENSECRET
    as: bob
    as-groups: [g]
- name: basic
  user:
    username: joe
    password: BASICSECRET
contexts:
- name: prod
  context: {cluster: k, user: u, namespace: team}
- name: broken
  context: {cluster: gone, user: u}
)";

} // namespace

class TestConfigExplain : public QObject
{
    Q_OBJECT

private:
    CommandOutput run(const QStringList &arguments) const
    {
        Kube::LoadOptions options;
        options.home = m_folder.path();
        options.workingDirectory = m_folder.path();
        options.serviceAccountDirectory = m_folder.path() + "/none"_L1;
        return explainConfig(arguments, options);
    }

    QJsonObject runJson(const QStringList &arguments) const
    {
        return QJsonDocument::fromJson(run(arguments + QStringList{u"-o"_s, u"json"_s}).out.toUtf8()).object();
    }

    QTemporaryDir m_folder;

private slots:
    void initTestCase()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(u".kube"_s));
        QFile file(m_folder.filePath(u".kube/config"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(Kubeconfig) > 0);
    }

    void jsonHoldsTheWholeConnection()
    {
        const QString file = m_folder.filePath(u".kube/config"_s);
        const QJsonObject expected{
            {u"context"_s, u"prod"_s},
            {u"cluster"_s, u"k"_s},
            {u"user"_s, u"u"_s},
            {u"server"_s, u"https://api.example.com"_s},
            {u"tlsServerName"_s, u"api.internal"_s},
            {u"insecure"_s, true},
            {u"caSource"_s, u""_s},
            {u"clientCertificateSource"_s, u""_s},
            {u"authMethods"_s, QJsonArray{u"token"_s}},
            {u"execCommand"_s, QJsonValue::Null},
            {u"namespace"_s, u"team"_s},
            {u"proxy"_s, u"http://joe@proxy.example.com:3128"_s},
            {u"impersonate"_s,
             QJsonObject{{u"user"_s, u"bob"_s},
                         {u"uid"_s, u""_s},
                         {u"groups"_s, QJsonArray{u"g"_s}},
                         {u"extra"_s, QJsonObject()}}},
            {u"disableCompression"_s, true},
            {u"files"_s, QJsonArray{file}},
            {u"error"_s, QJsonValue::Null},
        };
        QJsonObject json = runJson({});
        QCOMPARE(json.take(u"warnings"_s).toArray().size(), 0);
        QCOMPARE(json, expected);
    }

    void secretsAreOnlyShownWhenAskedFor_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QStringList>("secrets");
        const QStringList basic{u"--user=basic"_s};
        const QStringList json{u"-o=json"_s};
        QTest::addRow("token, text") << QStringList{} << QStringList{u"TOKENSECRET"_s, u"PROXYSECRET"_s};
        QTest::addRow("token, json") << json << QStringList{u"TOKENSECRET"_s, u"PROXYSECRET"_s};
        QTest::addRow("password, text") << basic << QStringList{u"BASICSECRET"_s};
        QTest::addRow("password, json") << basic + json << QStringList{u"BASICSECRET"_s};
        QTest::addRow("token flag, json")
            << json + QStringList{u"--token=FLAGSECRET"_s} << QStringList{u"FLAGSECRET"_s};
    }

    void secretsAreOnlyShownWhenAskedFor()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QStringList, secrets);
        const CommandOutput hidden = run(arguments);
        QVERIFY(!hidden.out.contains("SECRET"_L1) && !hidden.err.contains("SECRET"_L1));
        const QString shown = run(arguments + QStringList{u"--show-secrets"_s}).out;
        for (const QString &secret : secrets)
            QVERIFY2(shown.contains(secret), qPrintable(shown));
    }

    void anErrorEndsInOneAndEverythingIsPrintedAllTheSame()
    {
        const CommandOutput output = run({u"--context=broken"_s, u"-ojson"_s});
        QCOMPARE(output.exitCode, 1);
        const QJsonObject json = QJsonDocument::fromJson(output.out.toUtf8()).object();
        QVERIFY(json[u"error"_s].toString().contains("cluster \"gone\" is not defined"_L1));
        QCOMPARE(json[u"user"_s].toString(), u"u"_s);
        QCOMPARE(json[u"authMethods"_s].toArray(), QJsonArray{u"token"_s});

        const CommandOutput text = run({u"--context=broken"_s});
        QCOMPARE(text.exitCode, 1);
        QVERIFY(text.out.contains("cluster \"gone\" is not defined"_L1));
    }

    void textSaysWhereThingsComeFrom()
    {
        const CommandOutput output = run({u"--server=https://other:6443"_s, u"-n"_s, u"mine"_s});
        QCOMPARE(output.exitCode, 0);
        const QString file = m_folder.filePath(u".kube/config"_s);
        const auto line = [&](QLatin1StringView start) {
            for (const QString &candidate : output.out.split(u'\n')) {
                if (candidate.startsWith(start))
                    return candidate.simplified();
            }
            return QString();
        };
        QCOMPARE(line("Context "_L1), u"Context prod from "_s + file);
        QCOMPARE(line("Server "_L1), u"Server https://other:6443 from --server"_s);
        QCOMPARE(line("Namespace "_L1), u"Namespace mine from --namespace"_s);
        QCOMPARE(line("Acts as "_L1), u"Acts as bob; groups g"_s);
        QVERIFY(!output.out.contains("cannot connect with this yet"_L1));
    }

    void badUsageGoesToStandardError_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("error");
        QTest::addRow("unknown flag") << QStringList{u"--foo"_s} << u"error: unknown flag: --foo\n"_s;
        QTest::addRow("other format") << QStringList{
            u"-oyaml"_s} << u"error: invalid argument \"yaml\" for \"-o, --output\" flag: must be json\n"_s;
        QTest::addRow("positional") << QStringList{u"x"_s} << u"error: unexpected argument: x\n"_s;
    }

    void badUsageGoesToStandardError()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, error);
        const CommandOutput output = run(arguments);
        QCOMPARE(output.exitCode, 1);
        QCOMPARE(output.out, QString());
        QCOMPARE(output.err, error + "See 'fairlead config explain --help' for usage.\n"_L1);
    }

    void helpNamesEveryFlag()
    {
        const CommandOutput output = run({u"--help"_s});
        QCOMPARE(output.exitCode, 0);
        for (const char *flag : {"-h, --help", "-o, --output json", "--show-secrets", "-n, --namespace NAME",
                                 "--insecure-skip-tls-verify", "--as-group GROUP"})
            QVERIFY2(output.out.contains(QLatin1StringView(flag)), flag);
    }
};

QTEST_GUILESS_MAIN(TestConfigExplain)
#include "tst_configexplain.moc"
