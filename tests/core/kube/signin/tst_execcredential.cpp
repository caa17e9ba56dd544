#include "core/kube/signin/execcredential.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

const QString V1 = u"client.authentication.k8s.io/v1"_s;

ConnectionConfig config()
{
    ConnectionConfig result;
    result.server = QUrl(u"https://127.0.0.1:18443"_s);
    result.exec = ExecPlugin{};
    result.exec->command = u"/opt/bin/get-token"_s;
    result.exec->apiVersion = u"client.authentication.k8s.io/v1beta1"_s;
    result.exec->interactiveMode = u"IfAvailable"_s;
    return result;
}

ExecPlugin plugin()
{
    ExecPlugin result = *config().exec;
    result.apiVersion = V1;
    return result;
}

QByteArray answer(const QByteArray &status)
{
    return R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":)" + status + "}\n";
}

} // namespace

class TestExecCredential : public QObject
{
    Q_OBJECT

private slots:
    void tellsThePlugin_data() // measured with client-go, field order apart
    {
        QTest::addColumn<ConnectionConfig>("config");
        QTest::addColumn<bool>("interactive");
        QTest::addColumn<QByteArray>("info");
        const QByteArray head =
            R"({"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","spec":)";
        QTest::addRow("nobody to talk to") << config() << false << head + R"({"interactive":false}})" + '\n';
        QTest::addRow("somebody to talk to") << config() << true << head + R"({"interactive":true}})" + '\n';
        ConnectionConfig cluster = config();
        cluster.exec->provideClusterInfo = true;
        QTest::addRow("the cluster, empty fields left out")
            << cluster << false
            << head + R"({"cluster":{"server":"https://127.0.0.1:18443"},"interactive":false}})" + '\n';
        cluster.server = QUrl(u"https://api:443"_s);
        cluster.tls.caPem = "PEM";
        cluster.tls.serverName = u"sni"_s;
        cluster.tls.insecure = true;
        cluster.proxyUrl = u"http://p:1"_s;
        cluster.disableCompression = true;
        cluster.execClusterConfig = R"({"audience":"x","n":3})";
        QTest::addRow("the cluster with everything") << cluster << false
                                                     << head
                + R"({"cluster":{"certificate-authority-data":"UEVN","config":{"audience":"x","n":3},)"
                  R"("disable-compression":true,"insecure-skip-tls-verify":true,"proxy-url":"http://p:1",)"
                  R"("server":"https://api","tls-server-name":"sni"},"interactive":false}})"
                + '\n';
        cluster = config();
        cluster.exec->provideClusterInfo = true;
        cluster.execClusterConfig = "\"text\"";
        QTest::addRow("an extension that is no mapping")
            << cluster << false
            << head + R"({"cluster":{"config":"text","server":"https://127.0.0.1:18443"},"interactive":false}})" + '\n';
    }

    void tellsThePlugin()
    {
        QFETCH(const ConnectionConfig, config);
        QFETCH(const bool, interactive);
        QFETCH(const QByteArray, info);
        QCOMPARE(execInfo(config, interactive), info);
    }

    void theKubeconfigsEnvironmentCountsLast()
    {
        ConnectionConfig own = config();
        own.exec->environment = {{u"A"_s, u"1"_s}, {u"KUBERNETES_EXEC_INFO"_s, u"forged"_s}, {u"A"_s, u"2"_s}};
        const QStringList environment = execEnvironment(own, {u"A=0"_s, u"AB=x"_s, u"PATH=/bin"_s}, false);
        QCOMPARE(environment.mid(0, 3), QStringList({u"AB=x"_s, u"PATH=/bin"_s, u"A=2"_s}));
        QCOMPARE(environment.size(), 4);
        QCOMPARE(environment.last(), u"KUBERNETES_EXEC_INFO="_s + QString::fromUtf8(execInfo(own, false)));
    }

    void readsCredentials_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("expires");
        QTest::addRow("token") << answer(R"({"token":"t"})") << "t"_ba << QString();
        QTest::addRow("token with a line break at its end") << answer(R"({"token":"t\n"})") << "t"_ba << QString();
        QTest::addRow("expiry in UTC") << answer(R"({"token":"t","expirationTimestamp":"2030-01-31T12:00:00Z"})")
                                       << "t"_ba << u"2030-01-31T12:00:00Z"_s;
        QTest::addRow("expiry in another zone")
            << answer(R"({"token":"t","expirationTimestamp":"2030-01-31T13:00:00+01:00"})") << "t"_ba
            << u"2030-01-31T12:00:00Z"_s;
        QTest::addRow("expiry with a fraction")
            << answer(R"({"token":"t","expirationTimestamp":"2030-01-31T12:00:00.123456Z"})") << "t"_ba
            << u"2030-01-31T12:00:00Z"_s;
        QTest::addRow("expiry null") << answer(R"({"token":"t","expirationTimestamp":null})") << "t"_ba << QString();
        QTest::addRow("unknown fields") << answer(R"({"token":"t","x":1})") << "t"_ba << QString();
    }

    void readsCredentials()
    {
        QFETCH(const QByteArray, output);
        QFETCH(const QByteArray, token);
        QFETCH(const QString, expires);
        const auto result = readExecCredential(plugin(), output);
        QVERIFY2(result.hasValue(), result ? "" : qPrintable(result.error().text));
        QCOMPARE(result->token, token);
        QCOMPARE(result->expires ? result->expires->toString(Qt::ISODate) : QString(), expires);
    }

    void refusesRubbish_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("goText");
        QTest::addRow("nothing") << ""_ba << u"printed nothing"_s << u"decoding stdout: EOF"_s;
        QTest::addRow("a banner first") << "Welcome!\n" + answer(R"({"token":"SECRET"})") << u"in a terminal"_s
                                        << u"decoding stdout: "_s;
        QTest::addRow("cut off") << R"({"kind":"ExecCredential")"_ba << u"something else"_s << u"decoding stdout: "_s;
        QTest::addRow("a list") << "[]"_ba << u"something else"_s << u"decoding stdout: "_s;
        QTest::addRow("another kind") << R"({"kind":"Status","apiVersion":"v1"})"_ba
                                      << u"something else than an ExecCredential"_s << u"no such kind"_s;
        QTest::addRow("no version at all")
            << R"({"kind":"ExecCredential","apiVersion":"s3cr3t","status":{"token":"t"}})"_ba
            << u"speaks another version"_s << u"plugin returned version "_s;
        QTest::addRow("another version")
            << R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t"}})"_ba
            << u"speaks client.authentication.k8s.io/v1beta1, but the kubeconfig wants client.authentication.k8s.io/v1"_s
            << u"exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version "
               "client.authentication.k8s.io/v1beta1"_s;
        QTest::addRow("no status") << R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"})"_ba
                                   << u"no status"_s << u"exec plugin didn't return a status field"_s;
        QTest::addRow("empty status") << answer("{}") << u"neither a token nor a certificate"_s
                                      << u"exec plugin didn't return a token or cert/key pair"_s;
        QTest::addRow("certificate alone") << answer(R"({"clientCertificateData":"x"})") << u"only one of"_s
                                           << u"exec plugin returned only certificate or key, not both"_s;
        QTest::addRow("key alone, with a token") << answer(R"({"token":"t","clientKeyData":"x"})") << u"only one of"_s
                                                 << u"exec plugin returned only certificate or key, not both"_s;
        QTest::addRow("no PEM") << answer(R"({"clientCertificateData":"x","clientKeyData":"y"})")
                                << u"certificate that cannot be read"_s
                                << u"failed parsing client key/certificate: tls: failed to find any PEM data"_s;
        QTest::addRow("a line break in the token")
            << answer(R"({"token":"SEC\r\nRET"})") << u"control character"_s << u"invalid header field value"_s;
        QTest::addRow("a time that is none") << answer(R"({"token":"t","expirationTimestamp":"tomorrow"})")
                                             << u"expirationTimestamp"_s << u"parsing time \"tomorrow\""_s;
        QTest::addRow("a time without a zone") << answer(R"({"token":"t","expirationTimestamp":"2030-01-31T12:00:00"})")
                                               << u"expirationTimestamp"_s << u"parsing time"_s;
        QTest::addRow("a number for a time")
            << answer(R"({"token":"t","expirationTimestamp":5})") << u"expirationTimestamp"_s << u"parsing time"_s;
        QTest::addRow("more than a megabyte") << answer("{\"token\":\"" + QByteArray(1024 * 1024, 'x') + "\"}")
                                              << u"more than a megabyte"_s << u"too large"_s;
    }

    void refusesRubbish()
    {
        QFETCH(const QByteArray, output);
        QFETCH(const QString, words);
        QFETCH(const QString, goText);
        const auto result = readExecCredential(plugin(), output);
        QVERIFY(!result);
        const SignInFailure &failure = result.error();
        QVERIFY2(failure.text.contains(words), qPrintable(failure.text));
        QVERIFY2(failure.text.contains(u"get-token"_s), qPrintable(failure.text));
        QVERIFY2(failure.goText.contains(goText), qPrintable(failure.goText));
        QVERIFY(!(failure.text + failure.detail + failure.goText).contains(u"SEC"_s));
    }

    void aMissingPluginShowsItsHintHarmlessly()
    {
        ExecPlugin missing = plugin();
        missing.command = u"aws"_s;
        missing.installHint = u"Install it:\n\tapt \x1b[31m\n"_s;
        const SignInFailure failure = pluginNotFound(missing);
        QVERIFY(failure.text.contains(u"aws was not found in PATH"_s));
        QCOMPARE(failure.detail, u"Install it:\n\tapt U+001B[31m"_s);
        QVERIFY(failure.goText.startsWith(u"exec: executable aws not found\n"_s));
        QVERIFY(failure.goText.endsWith(failure.detail));
    }

    void theLastWordsOfAPluginAreItsReason()
    {
        const SignInFailure failure = pluginFailed(plugin(), 255, false, "Traceback\n  expired \x1b[0mtoken\n\n");
        QVERIFY(failure.text.contains(u"exit code 255"_s));
        QCOMPARE(failure.detail, u"expired [0mtoken"_s);
        QCOMPARE(failure.goText, u"exec: executable /opt/bin/get-token failed with exit code 255"_s);
    }
};

QTEST_GUILESS_MAIN(TestExecCredential)
#include "tst_execcredential.moc"
