#include "core/kube/config/contextstore.h"
#include "tests/core/kube/config/kubeconfigcases.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTest>

#include <cstdio>
#include <functional>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

QByteArray configWithToken(const QString &token)
{
    return standardKubeconfig({u"server: https://api.example.com:6443"_s}, {u"token: "_s + token});
}

/// What the store would sign in with now; the reason if it cannot.
QString tokenOf(const ContextStore &store)
{
    const auto config = store.resolve({});
    return config ? config->token : config.error();
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(const QDir &)>)

/// Real files and the real watcher.
class TestContextStore : public QObject
{
    Q_OBJECT

private:
    static ConnectionFlags flagsFor(const QString &path)
    {
        ConnectionFlags flags;
        flags.kubeconfig = path;
        return flags;
    }

private slots:
    void noticesChanges_data()
    {
        using Change = std::function<void(const QDir &)>;
        QTest::addColumn<Change>("prepare");
        QTest::addColumn<Change>("change");

        const Change write = [](const QDir &dir) {
            writeTestFile(dir.filePath(u"config"_s), configWithToken(u"one"_s));
        };
        const Change linked = [](const QDir &dir) {
            writeTestFile(dir.filePath(u"v1/config"_s), configWithToken(u"one"_s));
            writeTestFile(dir.filePath(u"v2/config"_s), configWithToken(u"two"_s));
            QVERIFY(QFile::link(u"v1"_s, dir.filePath(u"..data"_s)));
            QVERIFY(QFile::link(u"..data/config"_s, dir.filePath(u"config"_s)));
        };

        QTest::addRow("written in place")
            << write
            << Change([](const QDir &dir) { writeTestFile(dir.filePath(u"config"_s), configWithToken(u"two"_s)); });
        QTest::addRow("replaced by rename") << write << Change([](const QDir &dir) {
            QSaveFile file(dir.filePath(u"config"_s));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(configWithToken(u"two"_s));
            QVERIFY(file.commit());
        });
        QTest::addRow("removed and written again") << write << Change([](const QDir &dir) {
            QVERIFY(QFile::remove(dir.filePath(u"config"_s)));
            writeTestFile(dir.filePath(u"config"_s), configWithToken(u"two"_s));
        });
        QTest::addRow("made where there was none")
            << Change([](const QDir &) {})
            << Change([](const QDir &dir) { writeTestFile(dir.filePath(u"config"_s), configWithToken(u"two"_s)); });
        QTest::addRow("a folder's link is swapped, as secret volumes do") << linked << Change([](const QDir &dir) {
            QVERIFY(QFile::link(u"v2"_s, dir.filePath(u"..next"_s)));
            QVERIFY(std::rename(qPrintable(dir.filePath(u"..next"_s)), qPrintable(dir.filePath(u"..data"_s))) == 0);
        });
        QTest::addRow("a link's target is written")
            << linked
            << Change([](const QDir &dir) { writeTestFile(dir.filePath(u"v1/config"_s), configWithToken(u"two"_s)); });
    }

    void noticesChanges()
    {
        using Change = std::function<void(const QDir &)>;
        QFETCH(const Change, prepare);
        QFETCH(const Change, change);
        QTemporaryDir folder;
        const QDir dir(folder.path());
        prepare(dir);
        ContextStore store(flagsFor(dir.filePath(u"config"_s)));
        QSignalSpy changed(&store, &ContextStore::changed);

        change(dir);

        QTRY_VERIFY(changed.count() > 0 && store.preferredContext() == u"c"_s);
        QCOMPARE(tokenOf(store), u"two"_s);
        QVERIFY(store.kubeconfig().errors().isEmpty());
    }

    void keepsNoticingAfterAReplacement()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"config"_s);
        writeTestFile(path, configWithToken(u"0"_s));
        QFile holdsTheOldFile(path); // its inode lives on, and so would a watch on it
        QVERIFY(holdsTheOldFile.open(QIODevice::ReadOnly));
        ContextStore store(flagsFor(path));
        QSignalSpy changed(&store, &ContextStore::changed);

        QSaveFile replacement(path);
        QVERIFY(replacement.open(QIODevice::WriteOnly));
        replacement.write(configWithToken(u"\"1\""_s));
        QVERIFY(replacement.commit());
        QTRY_COMPARE(changed.count(), 1);

        QFile inPlace(path); // no event of the folder: only a watch on the new file hears of it
        QVERIFY(inPlace.open(QIODevice::WriteOnly | QIODevice::Append));
        inPlace.write("# more\n");
        inPlace.close();
        QTRY_COMPARE(changed.count(), 2);
    }

    void noticesAFileWhoseFolderIsMissing()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"a/b/config"_s);
        ContextStore store(flagsFor(path));
        QVERIFY(store.contexts().isEmpty());

        writeTestFile(path, configWithToken(u"T"_s));
        QTRY_COMPARE(store.contexts().size(), 1);
    }

    void saysNothingWhenNothingChanged()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"config"_s);
        writeTestFile(path, configWithToken(u"T"_s));
        ContextStore store(flagsFor(path));
        QSignalSpy changed(&store, &ContextStore::changed);

        writeTestFile(path, configWithToken(u"T"_s));
        writeTestFile(folder.filePath(u"other"_s), "x");
        QTest::qWait(600); // nothing to wait for: three times the settling time
        QCOMPARE(changed.count(), 0);
    }

    void aBrokenFileIsReportedAndRecoveredFrom()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"config"_s);
        writeTestFile(path, configWithToken(u"T"_s));
        ContextStore store(flagsFor(path));

        writeTestFile(path, "{{{");
        QTRY_COMPARE(store.kubeconfig().errors().size(), 1);
        QVERIFY(store.contexts().isEmpty());
        writeTestFile(path, configWithToken(u"T"_s));
        QTRY_VERIFY(store.kubeconfig().errors().isEmpty());
        QCOMPARE(store.contexts().size(), 1);
    }

    void resolvingReadsRotatedFilesAfresh()
    {
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"token"_s), "first");
        writeTestFile(folder.filePath(u"config"_s),
                      standardKubeconfig({u"server: https://api.example.com"_s}, {u"tokenFile: token"_s}));
        const ContextStore store(flagsFor(folder.filePath(u"config"_s)));
        QCOMPARE(tokenOf(store), u"first"_s);
        writeTestFile(folder.filePath(u"token"_s), "second");
        QCOMPARE(tokenOf(store), u"second"_s);
    }

    void anotherFileReplacesTheOld()
    {
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"a"_s), configWithToken(u"A"_s));
        writeTestFile(folder.filePath(u"b"_s), configWithToken(u"B"_s));
        ConnectionFlags flags = flagsFor(folder.filePath(u"a"_s));
        flags.context = u"gone"_s;
        ContextStore store(flags);
        QCOMPARE(store.preferredContext(), u"gone"_s);
        QSignalSpy changed(&store, &ContextStore::changed);

        store.useFile(folder.filePath(u"b"_s));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(store.preferredContext(), u"c"_s);
        QCOMPARE(tokenOf(store), u"B"_s);

        writeTestFile(folder.filePath(u"b"_s), configWithToken(u"C"_s));
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(tokenOf(store), u"C"_s);
    }

    void addedFilesStandBesideTheRunsOwn()
    {
        QTemporaryDir folder;
        const QString own = folder.filePath(u"own"_s);
        const QString lab = folder.filePath(u"lab.yaml"_s);
        const QString other = folder.filePath(u"other/config"_s);
        writeTestFile(own, configWithToken(u"own"_s));
        writeTestFile(lab, configWithToken(u"lab"_s));
        writeTestFile(other, configWithToken(u"other"_s));
        ContextStore store(flagsFor(own));
        QSignalSpy changed(&store, &ContextStore::changed);

        store.setAddedFiles({lab, other});

        QCOMPARE(changed.count(), 1);
        QCOMPARE(store.contexts().size(), 3); // all of them are called "c"
        QStringList labels;
        QStringList tokens;
        for (const ContextSummary &context : store.contexts()) {
            labels << contextLabel(context.ref());
            const auto config = store.resolve(context.ref());
            tokens << (config ? config->token : config.error());
        }
        QCOMPARE(labels, QStringList({u"c"_s, u"c (lab.yaml)"_s, u"c (other/config)"_s}));
        QCOMPARE(tokens, QStringList({u"own"_s, u"lab"_s, u"other"_s}));
        QCOMPARE(store.summary({u"c"_s, lab}).file, lab);
        QVERIFY(store.summary({u"c"_s, u"/nowhere"_s}).name.isEmpty());

        writeTestFile(lab, configWithToken(u"new"_s)); // those are watched too
        QTRY_COMPARE(changed.count(), 2);

        store.setAddedFiles({other});
        QCOMPARE(store.contexts().size(), 2);
        const auto gone = store.resolve({u"c"_s, lab});
        QVERIFY(!gone.hasValue());
        QVERIFY2(gone.error().contains(lab) && gone.error().contains(u"removed"_s), qPrintable(gone.error()));
    }

    void flagsAreForTheRunsOwnClusterOnly()
    {
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"own"_s), configWithToken(u"own"_s));
        writeTestFile(folder.filePath(u"lab"_s), configWithToken(u"lab"_s));
        ConnectionFlags flags = flagsFor(folder.filePath(u"own"_s));
        flags.token = u"SECRET"_s;
        flags.server = u"https://127.0.0.1:1"_s;
        ContextStore store(flags);
        store.setAddedFiles({folder.filePath(u"lab"_s)});
        QCOMPARE(tokenOf(store), u"SECRET"_s);
        const auto lab = store.resolve({u"c"_s, folder.filePath(u"lab"_s)});
        QVERIFY(lab.hasValue());
        QCOMPARE(lab->token, u"lab"_s);
        QCOMPARE(lab->server.host(), u"api.example.com"_s);
    }

    void anAddedFileThatIsGoneOrBrokenIsSaid()
    {
        QTemporaryDir folder;
        const QString lab = folder.filePath(u"lab"_s);
        writeTestFile(folder.filePath(u"own"_s), configWithToken(u"own"_s));
        ContextStore store(flagsFor(folder.filePath(u"own"_s)));
        store.setAddedFiles({lab});
        QCOMPARE(store.errors().size(), 1);
        QVERIFY2(store.errors().first().contains(lab), qPrintable(store.errors().first()));
        QVERIFY(!store.errors().first().contains(u"--kubeconfig"_s)); // nobody gave that flag

        writeTestFile(lab, "clusters: [\n  }");
        QTRY_VERIFY(store.errors().value(0).contains(u"line 2, column"_s));
        writeTestFile(lab, configWithToken(u"lab"_s));
        QTRY_VERIFY(store.errors().isEmpty());
        QCOMPARE(store.contexts().size(), 2);
    }

    void aFileOfTheRunsOwnIsNotListedTwice()
    {
        QTemporaryDir folder;
        const QString own = folder.filePath(u"own"_s);
        writeTestFile(own, configWithToken(u"own"_s));
        ContextStore store(flagsFor(own));
        store.setAddedFiles({own});
        QCOMPARE(store.contexts().size(), 1);
        QVERIFY(store.addedFiles().isEmpty());
    }

    void aMissingCertificateIsSaidUntilItIsThere()
    {
        QTemporaryDir folder;
        writeTestFile(folder.filePath(u"config"_s),
                      standardKubeconfig({u"server: https://api.example.com"_s, u"certificate-authority: ca.crt"_s},
                                         {u"token: T"_s}));
        ContextStore store(flagsFor(folder.filePath(u"config"_s)));
        const QString problem = store.contexts().first().problem;
        QVERIFY2(problem.contains(folder.filePath(u"ca.crt"_s)) && problem.contains(u"does not exist"_s),
                 qPrintable(problem));
        QSignalSpy changed(&store, &ContextStore::changed);
        writeTestFile(folder.filePath(u"ca.crt"_s), "PEM");
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(store.contexts().first().problem.isEmpty());
    }

    void everyProblemIsSaidWithoutConnecting_data()
    {
        QTest::addColumn<QStringList>("cluster");
        QTest::addColumn<QStringList>("user");
        QTest::addColumn<QStringList>("context");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("usable");
        const QStringList cluster{u"server: https://api.example.com"_s};
        const QStringList none;
        const auto user = [&](const char *name, const QStringList &lines, const QString &words) {
            QTest::addRow("%s", name) << cluster << lines << none << words << false;
        };
        user("client certificate missing", {u"client-certificate: /nowhere/me.crt"_s, u"client-key: /nowhere/me.key"_s},
             u"/nowhere/me.crt"_s);
        user("certificate without key", {u"client-certificate-data: QQ=="_s}, u"without a key"_s);
        user("token file missing", {u"tokenFile: /nowhere/token"_s}, u"/nowhere/token"_s);
        user("removed provider", {u"auth-provider: {name: gcp}"_s}, u"gke-gcloud-auth-plugin"_s);
        user("unknown provider", {u"auth-provider: {name: abc}"_s}, u"\"abc\""_s);
        user("oidc without issuer", {u"auth-provider: {name: oidc}"_s}, u"idp-issuer-url"_s);
        user("plugin without command", {u"exec: {apiVersion: client.authentication.k8s.io/v1}"_s}, u"command"_s);
        QTest::addRow("server that is no address")
            << QStringList{u"server: 'ftp://x'"_s} << QStringList{u"token: T"_s} << none << u"ftp://x"_s << false;
        QTest::addRow("unknown user can be tried")
            << cluster << QStringList{u"token: T"_s} << QStringList{u"user: nobody"_s} << u"\"nobody\""_s << true;
    }

    void everyProblemIsSaidWithoutConnecting()
    {
        QFETCH(const QStringList, cluster);
        QFETCH(const QStringList, user);
        QFETCH(const QStringList, context);
        QFETCH(const QString, words);
        QFETCH(const bool, usable);
        QTemporaryDir folder;
        QByteArray text = standardKubeconfig(cluster, user, context);
        if (!context.isEmpty())
            text.replace("user: u", ""); // the row's own stands for it
        writeTestFile(folder.filePath(u"config"_s), text);
        const ContextStore store(flagsFor(folder.filePath(u"config"_s)));
        QCOMPARE(store.contexts().size(), 1);
        const ContextSummary &summary = store.contexts().first();
        const QString said = usable ? summary.remark : summary.problem;
        QVERIFY2(said.contains(words), qPrintable(summary.problem + summary.remark));
        QCOMPARE(store.resolve({}).hasValue(), usable);
    }

    void namesWithSlashesAndColonsAreNames()
    {
        QTemporaryDir folder;
        const QString name = u"default/api-okd-example-com:6443/kube:admin"_s;
        writeTestFile(folder.filePath(u"config"_s),
                      "apiVersion: v1\nkind: Config\ncurrent-context: " + name.toUtf8()
                          + "\nclusters:\n- cluster: {server: 'https://api.okd.example.com:6443'}\n"
                            "  name: api-okd-example-com:6443\ncontexts:\n- context:\n"
                            "    cluster: api-okd-example-com:6443\n    namespace: default\n"
                            "    user: kube:admin/api-okd-example-com:6443\n  name: "
                          + name.toUtf8()
                          + "\nusers:\n- name: kube:admin/api-okd-example-com:6443\n  user: {token: sha256~abc}\n");
        const ContextStore store(flagsFor(folder.filePath(u"config"_s)));
        QCOMPARE(store.preferredContext(), name);
        QCOMPARE(store.contexts().first().user, u"kube:admin/api-okd-example-com:6443"_s);
        const auto config = store.resolve(name);
        QVERIFY2(config.hasValue(), qPrintable(config.hasValue() ? QString() : config.error()));
        QCOMPARE(config->token, u"sha256~abc"_s);
        const ContextRef added{name, u"/home/joe/kube/config"_s};
        QCOMPARE(contextFromKey(contextKey(added)), added);
        QCOMPARE(contextFromKey(contextKey(name)), ContextRef(name));
    }
};

QTEST_GUILESS_MAIN(TestContextStore)
#include "tst_contextstore.moc"
