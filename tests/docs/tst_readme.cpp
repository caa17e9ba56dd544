#include "core/kube/config/kubeconfig.h"
#include "core/net/proxy/proxysettings.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What stands between backticks, in order.
QStringList words(const QString &cell)
{
    static const QRegularExpression quoted(u"`([^`]+)`"_s);
    QStringList found;
    auto matches = quoted.globalMatch(cell);
    while (matches.hasNext())
        found << matches.next().captured(1);
    return found;
}

struct Row {
    QString what;
    QStringList keys;
    QStringList tests; ///< "tst_x" or "tst_x::function"
};

/// The table of README.md's section "Clusters and sign-ins that work".
QList<Row> table()
{
    const QString readme = textOf(QStringLiteral(FAIRLEAD_SOURCE_DIR "/README.md"));
    const QString section = readme.section(u"## Clusters and sign-ins that work"_s, 1).section(u"\n## "_s, 0, 0);
    QList<Row> rows;
    const QStringList lines = section.split(u'\n');
    for (const QString &line : lines) {
        const QStringList cells = line.split(u'|');
        if (cells.size() == 6 && cells.at(1).contains(u": "_s))
            rows.append({cells.at(1).trimmed(), words(cells.at(2)), words(cells.at(4))});
    }
    return rows;
}

/// The keys of all rows of a kind, "sign-in" or "proxy".
QStringList keysOf(const QString &kind)
{
    QStringList keys;
    const QList<Row> rows = table();
    for (const Row &row : rows) {
        if (row.what.startsWith(kind + u':'))
            keys += row.keys;
    }
    keys.sort();
    return keys;
}

/// A user of a kubeconfig for each key that the table may have, and what the program calls that way to sign in.
struct Sample {
    QString key;
    QByteArray user;
    QString method; ///< of ConnectionConfig::authMethods; empty: it is none by itself
};

QList<Sample> samples()
{
    const QByteArray oidc = "auth-provider: {name: oidc, config: {idp-issuer-url: 'https://i', client-id: c}}";
    return {{u"token"_s, "token: t", u"token"_s},
            {u"tokenFile"_s, "tokenFile: ROOT/token", u"tokenFile"_s},
            {u"username"_s, "username: u, password: p", u"basic"_s},
            {u"password"_s, "username: u, password: p", u"basic"_s},
            {u"client-certificate"_s, {}, u"clientCertificate"_s},
            {u"client-certificate-data"_s, {}, u"clientCertificate"_s},
            {u"exec"_s,
             "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/true, interactiveMode: Never}",
             u"exec"_s},
            {u"auth-provider"_s, oidc, u"oidc"_s},
            {u"as"_s, "token: t, as: joe", {}},
            {u"as-uid"_s, "token: t, as: joe, as-uid: '1'", {}},
            {u"as-groups"_s, "token: t, as: joe, as-groups: [g]", {}},
            {u"as-user-extra"_s, "token: t, as: joe, as-user-extra: {k: [v]}", {}}};
}

} // namespace

/// README.md's table of what works, held against the tests that it names and against what the program accepts.
class TestReadme : public QObject
{
    Q_OBJECT

private slots:
    void theTableIsThere()
    {
        QVERIFY(table().size() >= 12);
        for (const Row &row : table())
            QVERIFY2(!row.tests.isEmpty(), qPrintable(row.what));
    }

    void namedTestsExist_data()
    {
        QTest::addColumn<QString>("test");
        for (const Row &row : table()) {
            for (const QString &test : row.tests)
                QTest::addRow("%s: %s", qPrintable(row.what), qPrintable(test)) << test;
        }
    }

    void namedTestsExist()
    {
        QFETCH(const QString, test);
        const QString program = test.section(u"::"_s, 0, 0);
        const QString function = test.section(u"::"_s, 1);
        QString source;
        bool registered = false;
        QDirIterator files(QStringLiteral(FAIRLEAD_SOURCE_DIR "/tests"), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.endsWith(u'/' + program + ".cpp"_L1))
                source = textOf(path);
            else if (path.endsWith("/CMakeLists.txt"_L1))
                registered = registered || textOf(path).contains("fairlead_add_test("_L1 + program + u' ');
        }
        QVERIFY2(!source.isEmpty(), qPrintable(program));
        QVERIFY2(registered, qPrintable(program));
        QVERIFY2(function.isEmpty() || source.contains("    void "_L1 + function + "()"_L1), qPrintable(test));
    }

    /// One row for each way to sign in that the program knows, and none for others.
    void signInsAreThoseOfTheProgram()
    {
        QStringList known;
        for (const Sample &sample : samples())
            known << sample.key;
        known.sort();
        QCOMPARE(keysOf(u"sign-in"_s), known);
        // Whatever the resolver may call a way to sign in has a sample here.
        static const QRegularExpression method(u"authMethods \\+= u\"(\\w+)\"_s"_s);
        const QString resolver = textOf(QStringLiteral(FAIRLEAD_SOURCE_DIR "/core/kube/config/usercredentials.cpp"));
        auto matches = method.globalMatch(resolver);
        int methods = 0;
        for (; matches.hasNext(); ++methods) {
            const QString name = matches.next().captured(1);
            const QList<Sample> all = samples();
            QVERIFY2(std::any_of(all.begin(), all.end(), [&](const Sample &one) { return one.method == name; }),
                     qPrintable(name));
        }
        QVERIFY(methods >= 5);
    }

    void signInsAreAccepted_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QString>("method");
        for (const Sample &sample : samples()) {
            if (!sample.user.isEmpty()) // certificates: tst_apiclienttls makes some
                QTest::addRow("%s", qPrintable(sample.key)) << sample.user << sample.method;
        }
    }

    void signInsAreAccepted()
    {
        QFETCH(QByteArray, user);
        QFETCH(const QString, method);
        const QTemporaryDir folder;
        user.replace("ROOT", folder.path().toUtf8());
        write(folder.filePath(u"token"_s), "t");
        write(folder.filePath(u"config"_s),
              "apiVersion: v1\nkind: Config\ncurrent-context: x\nclusters: [{name: c, cluster: {server: "
              "'https://h:6443'}}]\nusers: [{name: u, user: {"
                  + user + "}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n");
        Kube::ConnectionFlags flags;
        flags.kubeconfig = folder.filePath(u"config"_s);
        const auto config = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
        QVERIFY2(config.hasValue(), config ? "" : qPrintable(config.error()));
        QCOMPARE(config->unsupported, QStringList());
        if (method.isEmpty())
            QVERIFY(!config->impersonate.isEmpty());
        else
            QVERIFY2(config->authMethods.contains(method), qPrintable(config->authMethods.join(u' ')));
    }

    void proxiesAreThoseOfTheProgram()
    {
        QStringList schemes = keysOf(u"proxy"_s);
        QCOMPARE(schemes.removeIf([](const QString &key) { return key.contains("_PROXY"_L1); }), 3);
        QCOMPARE(schemes, QStringList({u"http"_s, u"https"_s, u"socks5"_s, u"socks5h"_s}));
        for (const QString &scheme : schemes)
            QVERIFY2(Net::proxyFromUrl(scheme + "://proxy:3128"_L1).hasValue(), qPrintable(scheme));
        for (const QString &scheme : {u"socks4"_s, u"ftp"_s, u"quic"_s})
            QVERIFY2(!Net::proxyFromUrl(scheme + "://proxy:3128"_L1).hasValue(), qPrintable(scheme));
    }

private:
    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
    }
};

QTEST_GUILESS_MAIN(TestReadme)
#include "tst_readme.moc"
