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
};

QTEST_GUILESS_MAIN(TestContextStore)
#include "tst_contextstore.moc"
