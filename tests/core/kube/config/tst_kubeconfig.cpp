#include "core/kube/config/kubeconfig.h"
#include "tests/core/kube/config/kubeconfigcases.h"
#include "tests/core/kube/config/testkeys.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(KubeconfigCase)

class TestKubeconfig : public QObject
{
    Q_OBJECT

private:
    /// Every sentence holds the pieces of its row, in order, and there are no others.
    static void compareSentences(const char *what, const QStringList &sentences, const QJsonValue &expected,
                                 const QString &root)
    {
        const QJsonArray rows = expected.toArray();
        QVERIFY2(sentences.size() == rows.size(),
                 qPrintable(QLatin1StringView(what) + ": "_L1 + sentences.join(u'\n')));
        for (qsizetype i = 0; i < sentences.size(); ++i) {
            for (const QJsonValue &piece : rows[i].toArray()) {
                const QString text = piece.toString().replace("$ROOT"_L1, root);
                QVERIFY2(sentences[i].contains(text),
                         qPrintable(u"%1: \"%2\" lacks \"%3\""_s.arg(QLatin1StringView(what), sentences[i], text)));
            }
        }
    }

    static QString serverText(const QUrl &url) { return url.toString(QUrl::FullyEncoded); }

    static Impersonation impersonation(const QJsonObject &object)
    {
        Impersonation result{object["user"_L1].toString(), object["uid"_L1].toString(), {}, {}};
        for (const QJsonValue &group : object["groups"_L1].toArray())
            result.groups += group.toString();
        const QJsonObject extra = object["extra"_L1].toObject();
        for (auto key = extra.begin(); key != extra.end(); ++key) {
            for (const QJsonValue &value : key.value().toArray())
                result.extra[key.key()] += value.toString();
        }
        return result;
    }

    static void compareConfig(const ConnectionConfig &config, const QJsonObject &expect, const QString &root)
    {
        const auto text = [&](QLatin1StringView name) { return expect[name].toString().replace("$ROOT"_L1, root); };
        QCOMPARE(serverText(config.server), text("url"_L1));
        QCOMPARE(config.namespaceName, expect.contains("namespace"_L1) ? text("namespace"_L1) : u"default"_s);
        QCOMPARE(config.token, text("token"_L1));
        QCOMPARE(config.tokenFile, text("tokenFile"_L1));
        const bool basic = !config.username.isEmpty() || !config.password.isEmpty();
        QCOMPARE(basic ? config.username + u':' + config.password : QString(u""_s), text("basic"_L1));
        QCOMPARE(config.tls.insecure, expect["insecure"_L1].toBool());
        QCOMPARE(config.tls.serverName, text("serverName"_L1));
        QCOMPARE(config.caSource, text("caSource"_L1));
        QCOMPARE(config.clientCertificateSource, text("clientCertificateSource"_L1));
        QCOMPARE(config.proxyUrl, text("proxy"_L1));
        QCOMPARE(config.disableCompression, expect["disableCompression"_L1].toBool());
        QCOMPARE(config.impersonate, impersonation(expect["impersonate"_L1].toObject()));
        QCOMPARE(config.authMethods.join(u' '), expect["authMethods"_L1].toVariant().toStringList().join(u' '));
        compareSentences("warnings", config.warnings, expect["warnings"_L1], root);
        compareSentences("unsupported", config.unsupported, expect["unsupported"_L1], root);
    }

    static LoadOptions optionsFor(const QString &folder)
    {
        LoadOptions options;
        options.kubeconfig = folder + "/config"_L1;
        options.home = folder;
        options.workingDirectory = folder;
        options.serviceAccountDirectory = folder + "/no-service-account"_L1;
        return options;
    }

    static QByteArray fileBytes(const QTemporaryDir &folder, const QString &name)
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void doesAsClientGoOrBetter_data()
    {
        QTest::addColumn<KubeconfigCase>("row");
        const QList<KubeconfigCase> rows = readKubeconfigCases();
        QVERIFY(rows.size() >= 97);
        for (const KubeconfigCase &row : rows)
            QTest::newRow(qPrintable(row.id)) << row;
    }

    void doesAsClientGoOrBetter()
    {
        QFETCH(const KubeconfigCase, row);
        const KubeconfigCaseFolder folder(row);
        const Kubeconfig kubeconfig = Kubeconfig::load(folder.options());

        compareSentences("file errors", kubeconfig.errors(), row.expect["fileErrors"_L1], folder.root());
        const Resolution resolution = kubeconfig.inspect(folder.flags());
        compareConfig(resolution.config, row.expect, folder.root());
        const QStringList errors = resolution.error.isEmpty() ? QStringList() : resolution.error.split(u'\n');
        compareSentences("errors", errors, row.expect["error"_L1], folder.root());
        QCOMPARE(resolution.clientGoText, row.expect["clientGo"_L1].toString().replace("$ROOT"_L1, folder.root()));

        const auto resolved = kubeconfig.resolve(folder.flags());
        QCOMPARE(resolved.hasValue(), errors.isEmpty());
        if (resolved)
            QCOMPARE(*resolved, resolution.config);
        else
            QCOMPARE(resolved.error(), resolution.error);
    }

    void printsWhatKubectlPrints_data() // measured with kubectl 1.32
    {
        QTest::addColumn<QStringList>("cluster");
        QTest::addColumn<QStringList>("user");
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("text");
        const QStringList cluster{u"server: https://a"_s};
        const QStringList user{u"token: x"_s};
        const QString none;
        QTest::addRow("one problem stands alone")
            << cluster << QStringList{u"token: x"_s, u"username: j"_s} << none
            << u"error: more than one authentication method found for u; found [token basicAuth], only one is allowed"_s;
        QTest::addRow("several are listed")
            << cluster << QStringList{u"exec: {command: x}"_s} << none
            << u"Error in configuration: \n"
               "* apiVersion must be specified for u to use exec authentication plugin\n"
               "* interactiveMode must be specified for u to use exec authentication plugin"_s;
        QTest::addRow("unknown context")
            << cluster << user << u"zzz"_s
            << u"Error in configuration: context was not found for specified context: zzz"_s;
        QTest::addRow("token file") << cluster << QStringList{u"tokenFile: /gone"_s} << none
                                    << u"error: open /gone: no such file or directory"_s;
        QTest::addRow("bad base64")
            << QStringList{u"server: https://a"_s, u"certificate-authority-data: '%'"_s} << user << none
            << u"error: error loading config file \"config\": illegal base64 data at input byte 0"_s;
        QTest::addRow("no PEM") << QStringList{u"server: https://a"_s, u"certificate-authority-data: Y2E="_s} << user
                                << none
                                << u"error: unable to load root certificates: unable to parse bytes as PEM block"_s;
        QTest::addRow("path without scheme") << QStringList{u"server: a/b"_s} << user << none
                                             << u"error: host must be a URL or a host:port pair: \"a/b\""_s;
    }

    void printsWhatKubectlPrints()
    {
        QFETCH(const QStringList, cluster);
        QFETCH(const QStringList, user);
        QFETCH(const QString, context);
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"config"_s), standardKubeconfig(cluster, user));
        LoadOptions options = optionsFor(folder.path());
        options.kubeconfig = u"config"_s;
        ConnectionFlags flags;
        flags.context = context;
        QTEST(Kubeconfig::load(options).inspect(flags).kubectlText, "text");
    }

    void printsWhatKubectlPrintsForFiles()
    {
        QTemporaryDir folder;
        LoadOptions options = optionsFor(folder.path());
        options.kubeconfig = u"nope"_s;
        QCOMPARE(Kubeconfig::load(options).inspect({}).kubectlText, u"error: stat nope: no such file or directory"_s);
        options.kubeconfig.reset();
        QCOMPARE(
            Kubeconfig::load(options).inspect({}).kubectlText,
            u"The connection to the server localhost:8080 was refused - did you specify the right host or port?"_s);
        writeTestFile(folder.filePath(u"a"_s), "[]");
        writeTestFile(folder.filePath(u"b"_s), "kind: Pod");
        options.environment.insert(u"KUBECONFIG"_s, u"a:b"_s);
        const QStringList lines = Kubeconfig::load(options).inspect({}).kubectlText.split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith("error loading config file \"a\": "_L1));
        QCOMPARE(lines[1], u"error loading config file \"b\": no kind \"Pod\" is registered for version \"v1\""_s);
    }

    void flagsReplaceWhatTheFileSays()
    {
        QTemporaryDir folder;
        const TestKeys::Key key = TestKeys::makeEc();
        writeTestFile(folder.filePath(u"cert"_s), TestKeys::certificate(key));
        writeTestFile(folder.filePath(u"key"_s), TestKeys::traditional(key));
        writeTestFile(
            folder.filePath(u"config"_s),
            standardKubeconfig({u"server: https://old"_s, u"insecure-skip-tls-verify: true"_s},
                               {u"tokenFile: gone"_s, u"client-certificate-data: Y2E="_s, u"client-key-data: Y2E="_s},
                               {u"namespace: old"_s}));
        LoadOptions options = optionsFor(folder.path());
        ConnectionFlags flags;
        flags.server = u"https://new:6443"_s;
        flags.tlsServerName = u"name"_s;
        flags.certificateAuthority = u"cert"_s;
        flags.clientCertificate = u"cert"_s;
        flags.clientKey = u"key"_s;
        flags.token = u"FLAG"_s;
        flags.namespaceName = u"new"_s;

        const auto config = Kubeconfig::load(options).resolve(flags);

        QVERIFY2(config, config ? "" : qPrintable(config.error()));
        QCOMPARE(serverText(config->server), u"https://new:6443"_s);
        QCOMPARE(config->tls.serverName, u"name"_s);
        QCOMPARE(config->tls.insecure, false);
        QCOMPARE(config->caSource, folder.filePath(u"cert"_s));
        QCOMPARE(config->tls.caPem, fileBytes(folder, u"cert"_s));
        QCOMPARE(config->tls.clientCertificatePem, fileBytes(folder, u"cert"_s));
        QCOMPARE(config->tls.clientKeyPem, fileBytes(folder, u"key"_s));
        QCOMPARE(config->token, u"FLAG"_s);
        QCOMPARE(config->tokenFile, QString());
        QCOMPARE(config->namespaceName, u"new"_s);
        QCOMPARE(config->authMethods, QStringList({u"token"_s, u"clientCertificate"_s}));
        QCOMPARE(config->warnings, QStringList());
    }

    void flagsThatNameMissingEntriesAreRefused_data()
    {
        QTest::addColumn<QString>("cluster");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("clientGo");
        QTest::addRow("cluster") << u"x"_s << QString() << u"cluster \"x\" does not exist"_s;
        QTest::addRow("user") << QString() << u"x"_s << u"auth info \"x\" does not exist"_s;
    }

    void flagsThatNameMissingEntriesAreRefused()
    {
        QFETCH(const QString, cluster);
        QFETCH(const QString, user);
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"config"_s), standardKubeconfig({u"server: https://a"_s}, {u"token: T"_s}));
        ConnectionFlags flags;
        flags.cluster = cluster;
        flags.user = user;
        const Resolution resolution = Kubeconfig::load(optionsFor(folder.path())).inspect(flags);
        QTEST(resolution.clientGoText, "clientGo");
        QVERIFY(resolution.error.contains("\"x\""_L1));
    }

    void serverAloneIsEnough()
    {
        QTemporaryDir folder;
        LoadOptions options = optionsFor(folder.path());
        options.kubeconfig.reset();
        ConnectionFlags flags;
        flags.server = u"https://a:6443"_s;
        const auto config = Kubeconfig::load(options).resolve(flags);
        QVERIFY(config.hasValue());
        QCOMPARE(serverText(config->server), u"https://a:6443"_s);
        QVERIFY(config->authMethods.isEmpty() && config->warnings.isEmpty());
    }

    void clientCertificatesAreChecked_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("warning");
        const TestKeys::Key key = TestKeys::makeEc();
        const QByteArray certificate = TestKeys::certificate(key);
        const QString none;
        QTest::addRow("a good pair") << certificate << TestKeys::pkcs8(key) << none << none;
        QTest::addRow("an encrypted key") << certificate << TestKeys::encryptedPkcs8(key) << u"passphrase"_s << none;
        QTest::addRow("another's key") << certificate << TestKeys::pkcs8(TestKeys::makeEc()) << u"does not belong"_s
                                       << none;
        QTest::addRow("expired") << TestKeys::certificate(key, -9, -2) << TestKeys::pkcs8(key) << none
                                 << u"(CN=joe) expired on "_s
                + QDateTime::currentDateTimeUtc().addDays(-2).toString(u"yyyy-MM-"_s);
        QTest::addRow("not valid yet") << TestKeys::certificate(key, 2, 9) << TestKeys::pkcs8(key) << none
                                       << u"(CN=joe) is not valid before"_s;
    }

    void clientCertificatesAreChecked()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QString, error);
        QFETCH(const QString, warning);
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"key.pem"_s), key);
        writeTestFile(folder.filePath(u"config"_s),
                      standardKubeconfig({u"server: https://a"_s},
                                         {u"client-certificate-data: "_s + QString::fromLatin1(certificate.toBase64()),
                                          u"client-key: key.pem"_s}));
        const Resolution resolution = Kubeconfig::load(optionsFor(folder.path())).inspect({});
        QCOMPARE(resolution.error.isEmpty(), error.isEmpty());
        QVERIFY2(resolution.error.contains(error), qPrintable(resolution.error));
        QCOMPARE(resolution.config.warnings.size(), warning.isEmpty() ? 0 : 1);
        QVERIFY2(resolution.config.warnings.value(0).contains(warning),
                 qPrintable(resolution.config.warnings.value(0)));
        QVERIFY(!resolution.error.contains("PRIVATE KEY"_L1));
    }

    void credentialsThatKeepAPluginFromRunning_data()
    {
        QTest::addColumn<QStringList>("user");
        QTest::addColumn<QStringList>("methods");
        const TestKeys::Key key = TestKeys::makeEc();
        const auto base64 = [](const QByteArray &pem) { return QString::fromLatin1(pem.toBase64()); };
        QTest::addRow("token") << QStringList{u"token: T"_s} << QStringList{u"token"_s};
        QTest::addRow("basic") << QStringList{u"username: joe"_s} << QStringList{u"basic"_s};
        QTest::addRow("certificate") << QStringList{u"client-certificate-data: "_s + base64(TestKeys::certificate(key)),
                                                    u"client-key-data: "_s + base64(TestKeys::pkcs8(key))}
                                     << QStringList{u"clientCertificate"_s};
    }

    void credentialsThatKeepAPluginFromRunning()
    {
        QFETCH(const QStringList, user);
        QTemporaryDir folder;
        const QStringList exec{u"exec:"_s, u"  apiVersion: client.authentication.k8s.io/v1beta1"_s,
                               u"  command: get-token"_s};
        writeTestFile(folder.filePath(u"config"_s), standardKubeconfig({u"server: https://a"_s}, user + exec));
        const auto config = Kubeconfig::load(optionsFor(folder.path())).resolve({});
        QVERIFY(config.hasValue());
        QTEST(config->authMethods, "methods");
        QVERIFY(config->unsupported.isEmpty());
        QCOMPARE(config->warnings.size(), 1);
        QVERIFY(config->warnings.first().contains("exec is not used"_L1));
    }

    void tokensAreTrimmedAndChecked_data()
    {
        QTest::addColumn<QStringList>("user");
        QTest::addColumn<QString>("token");
        QTest::addColumn<int>("warnings");
        QTest::addColumn<bool>("usable");
        QTest::addRow("block text ends in a newline") << QStringList{u"token: |"_s, u"  T"_s} << u"T"_s << 1 << true;
        QTest::addRow("newline inside") << QStringList{u"token: \"a\\nb\""_s} << u"a\nb"_s << 0 << false;
        QTest::addRow("a file goes before the token")
            << QStringList{u"token: T"_s, u"tokenFile: tok"_s} << u"FILE"_s << 0 << true;
        QTest::addRow("a missing file leaves the token")
            << QStringList{u"token: T"_s, u"tokenFile: gone"_s} << u"T"_s << 1 << true;
    }

    void tokensAreTrimmedAndChecked()
    {
        QFETCH(const QStringList, user);
        QFETCH(const bool, usable);
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"tok"_s), " FILE\n");
        writeTestFile(folder.filePath(u"config"_s), standardKubeconfig({u"server: https://a"_s}, user));
        const Resolution resolution = Kubeconfig::load(optionsFor(folder.path())).inspect({});
        QTEST(resolution.config.token, "token");
        QTEST(int(resolution.config.warnings.size()), "warnings");
        QCOMPARE(resolution.error.isEmpty(), usable);
    }

    void environmentProxiesAreUsedAndNamed()
    {
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"config"_s), standardKubeconfig({u"server: https://a"_s}, {u"token: T"_s}));
        LoadOptions options = optionsFor(folder.path());
        options.environment.insert(u"HTTPS_PROXY"_s, u"http://joe:SECRET@p:1"_s);
        const Resolution resolution = Kubeconfig::load(options).inspect({});
        QCOMPARE(resolution.config.proxyUrl, u"http://joe:SECRET@p:1"_s);
        QCOMPARE(resolution.config.proxySource, u"HTTPS_PROXY"_s);
        QCOMPARE(resolution.sources.proxy, u"HTTPS_PROXY"_s);
        QVERIFY(resolution.config.unsupported.isEmpty());
    }

    void aBadProxyIsNamedWithoutItsPassword()
    {
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"config"_s), standardKubeconfig({u"server: https://a"_s}, {u"token: T"_s}));
        LoadOptions options = optionsFor(folder.path());
        options.environment.insert(u"HTTPS_PROXY"_s, u"http://joe:SEC/RET@p:1"_s);
        const QStringList unsupported = Kubeconfig::load(options).inspect({}).config.unsupported;
        QCOMPARE(unsupported.size(), 1);
        QVERIFY(unsupported.first().contains("HTTPS_PROXY"_L1) && unsupported.first().contains("joe@p:1"_L1));
        QVERIFY(!unsupported.first().contains("RET"_L1));
    }

    void aBadEntryLeavesTheOthersUsable()
    {
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"config"_s),
                      "clusters:\n- name: good\n  cluster: {server: 'https://a'}\n"
                      "- name: bad\n  cluster: {server: 'https://b', certificate-authority-data: '%'}\n"
                      "- name: empty\n  cluster: {}\n"
                      "contexts:\n- {name: a, context: {cluster: good, namespace: ns}}\n"
                      "- {name: b, context: {cluster: bad}}\n- {name: c, context: {cluster: gone, user: u}}\n"
                      "- {name: d, context: {cluster: empty}}\n");
        const Kubeconfig kubeconfig = Kubeconfig::load(optionsFor(folder.path()));

        QVERIFY(kubeconfig.errors().isEmpty());
        const QList<ContextSummary> contexts = kubeconfig.contexts();
        QCOMPARE(contexts.size(), 4);
        QCOMPARE(contexts[0].problem, QString());
        QCOMPARE(contexts[0].server, u"https://a"_s);
        QCOMPARE(contexts[0].namespaceName, u"ns"_s);
        QCOMPARE(contexts[0].file, folder.filePath(u"config"_s));
        QVERIFY(contexts[1].problem.contains("certificate-authority-data"_L1));
        QVERIFY(contexts[2].problem.contains("\"gone\""_L1));
        QVERIFY(contexts[3].problem.contains("no server"_L1));
        for (const ContextSummary &context : contexts) {
            ConnectionFlags flags;
            flags.context = context.name;
            QCOMPARE(kubeconfig.resolve(flags).hasValue(), context.problem.isEmpty());
        }
    }

    void aPodUsesItsServiceAccount_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("url");
        QTest::addRow("IPv4") << u"10.0.0.1"_s << u"https://10.0.0.1:443"_s;
        QTest::addRow("IPv6") << u"fd00::1"_s << u"https://[fd00::1]:443"_s;
    }

    void aPodUsesItsServiceAccount()
    {
        QFETCH(const QString, host);
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"sa/token"_s), "SA\n");
        writeTestFile(folder.filePath(u"sa/namespace"_s), "team\n");
        writeTestFile(folder.filePath(u"sa/ca.crt"_s), TestKeys::certificate(TestKeys::makeEc()));
        LoadOptions options = optionsFor(folder.path());
        options.kubeconfig.reset();
        options.serviceAccountDirectory = folder.filePath(u"sa"_s);
        QVERIFY(!Kubeconfig::load(options).resolve({}).hasValue()); // no KUBERNETES_SERVICE_HOST: not in a pod
        options.environment.insert(u"KUBERNETES_SERVICE_HOST"_s, host);
        options.environment.insert(u"KUBERNETES_SERVICE_PORT"_s, u"443"_s);

        const auto config = Kubeconfig::load(options).resolve({});
        QVERIFY2(config, config ? "" : qPrintable(config.error()));
        QTEST(serverText(config->server), "url");
        QCOMPARE(config->token, u"SA"_s);
        QCOMPARE(config->tokenFile, folder.filePath(u"sa/token"_s));
        QCOMPARE(config->namespaceName, u"team"_s);
        QCOMPARE(config->caSource, folder.filePath(u"sa/ca.crt"_s));

        writeTestFile(folder.filePath(u"config"_s), standardKubeconfig({u"server: https://a"_s}, {u"token: T"_s}));
        options.kubeconfig = folder.filePath(u"config"_s);
        QCOMPARE(Kubeconfig::load(options).resolve({})->token, u"T"_s); // a kubeconfig goes first
    }

    void aFileOverTheLimitIsRefused()
    {
        LoadOptions options = optionsFor(u"/dev"_s);
        options.kubeconfig = u"/dev/zero"_s;
        const Kubeconfig kubeconfig = Kubeconfig::load(options);
        QCOMPARE(kubeconfig.errors().size(), 1);
        QVERIFY(kubeconfig.errors().first().contains("16384 KiB"_L1));
    }

    void manyContextsAreListedQuickly()
    {
        constexpr int Count = 2000;
        QByteArray text = "clusters:\n";
        for (int i = 0; i < Count; ++i)
            text += "- {name: k" + QByteArray::number(i) + ", cluster: {server: 'https://a'}}\n";
        text += "contexts:\n";
        for (int i = 0; i < Count; ++i)
            text += "- {name: c" + QByteArray::number(i) + ", context: {cluster: k" + QByteArray::number(i) + "}}\n";
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"config"_s), text);
        QElapsedTimer timer;
        timer.start();
        const QList<ContextSummary> contexts = Kubeconfig::load(optionsFor(folder.path())).contexts();
        qInfo("%d contexts in %lld ms", Count, timer.elapsed());
        QCOMPARE(contexts.size(), Count);
        QVERIFY(contexts.last().problem.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestKubeconfig)
#include "tst_kubeconfig.moc"
