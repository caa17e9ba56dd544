#include "core/store/profiles/profilefile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

struct Ran {
    int exitCode = -1;
    QString out;
    QString err;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// `fairlead import` and `fairlead export`, as programs, with a data folder and a kubeconfig of their own.
class TestExchange : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"config"_s,
              "contexts:\n"
              "- {name: dev, context: {cluster: c}}\n"
              "clusters:\n"
              "- {name: c, cluster: {server: 'https://dev.example:6443'}}\n");
        write(u"team.sh"_s,
              "kubectl --context dev -n shop port-forward svc/web 8080:80\n"
              "kubectl --context gone port-forward svc/api 8081:80\n"
              "kubectl port-forward svc/$1 8082:80\n");
    }

    void aFileBecomesAProfileThatIsNamedLikeIt()
    {
        const Ran ran = run({u"import"_s, path(u"team.sh"_s)});

        QCOMPARE(ran.exitCode, 0);
        QVERIFY2(ran.out.startsWith("LINE   FATE       TARGET        PORTS     CONTEXT"_L1), qPrintable(ran.out));
        QVERIFY(ran.out.contains("\n1      imported   service/web"_L1));
        QVERIFY(ran.out.contains("\n2      imported   service/api"_L1));
        QVERIFY(ran.out.contains("\n3      skipped    -"_L1));
        QVERIFY(ran.out.contains("line 2: There is no context \"gone\" here"_L1));
        QVERIFY(ran.out.contains("line 3: Only a running shell knows what $1 is."_L1));
        const auto profile = saved(u"team"_s);
        QCOMPARE(profile.forwards.size(), 2);
        QCOMPARE(profile.forwards.at(0).server, u"https://dev.example:6443"_s);
        QCOMPARE(profile.forwards.at(1).server, QString());
    }

    void whatIsThereIsNotOverwrittenUnasked()
    {
        QCOMPARE(run({u"import"_s, path(u"team.sh"_s)}).exitCode, 0);
        write(u"other.sh"_s, "kubectl port-forward svc/other 1:1\n");

        const Ran refused = run({u"import"_s, path(u"other.sh"_s), u"--profile"_s, u"team"_s});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY(refused.err.contains("--replace"_L1));
        QCOMPARE(saved(u"team"_s).forwards.size(), 2);

        QCOMPARE(run({u"import"_s, path(u"other.sh"_s), u"--profile"_s, u"team"_s, u"--replace"_s}).exitCode, 0);
        QCOMPARE(saved(u"team"_s).forwards.size(), 1);
    }

    void aDryRunWritesNothing()
    {
        const Ran ran = run({u"import"_s, u"--dry-run"_s, path(u"team.sh"_s)});

        QCOMPARE(ran.exitCode, 0);
        QVERIFY(ran.out.contains("2 of 3 forwards would become profile \"team\"."_L1));
        QVERIFY(!QDir(path(u"data"_s)).exists());
    }

    void standardInputIsReadAndContextsAreRenamed()
    {
        const Ran ran = run({u"import"_s, u"-"_s, u"--profile"_s, u"mine"_s, u"--context-map=gone=dev"_s},
                            contentOf(path(u"team.sh"_s)));

        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(saved(u"mine"_s).forwards.at(1).spec.context, u"dev"_s);
        QCOMPARE(saved(u"mine"_s).forwards.at(1).server, u"https://dev.example:6443"_s);
    }

    void programsGetJson()
    {
        const Ran ran = run({u"import"_s, u"-o"_s, u"json"_s, path(u"team.sh"_s)});

        QCOMPARE(ran.exitCode, 0);
        const QJsonObject object = QJsonDocument::fromJson(ran.out.toUtf8()).object();
        QCOMPARE(object[u"format"_s], u"kubectl"_s);
        QCOMPARE(object[u"profile"_s], u"team"_s);
        const QJsonArray rows = object[u"rows"_s].toArray();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows.at(0)[u"fate"_s], u"imported"_s);
        QCOMPARE(rows.at(0)[u"forward"_s][u"target"_s], u"service/web"_s);
        QCOMPARE(rows.at(2)[u"fate"_s], u"skipped"_s);
        QVERIFY(rows.at(2)[u"forward"_s].isNull());
    }

    void whatCannotBeReadIsNamedWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<QString>("words");
        QTest::newRow("broken JSON") << "[\n{]"_ba << QStringList() << u"in.txt, line 2, column 2: This is no JSON"_s;
        QTest::newRow("a letter") << "Dear Ann,\n"_ba << QStringList() << u"no forwards in it"_s;
        QTest::newRow("another format than said")
            << "kubectl port-forward a 1\n"_ba << QStringList{u"--from=kftray"_s} << u"This is nothing of kftray"_s;
        QTest::newRow("nothing that can be imported")
            << "kubectl port-forward $1 1\n"_ba << QStringList() << u"no forward in it that can be imported"_s;
        QTest::newRow("a format that is none") << "x"_ba << QStringList{u"--from=csv"_s} << u"must be one of"_s;
        QTest::newRow("a context map that is none")
            << "x"_ba << QStringList{u"--context-map=dev"_s} << u"must be THEIRS=OURS"_s;
    }
    void whatCannotBeReadIsNamedWithItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, flags);
        QFETCH(QString, words);
        write(u"in.txt"_s, text);

        const Ran ran = run(QStringList{u"import"_s, path(u"in.txt"_s)} + flags);

        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.err.contains(words), qPrintable(ran.err));
        QVERIFY(!QDir(path(u"data"_s)).exists());
    }

    void aProfileComesOutAsAScript()
    {
        QCOMPARE(run({u"import"_s, path(u"team.sh"_s)}).exitCode, 0);

        const Ran ran = run({u"export"_s, u"team"_s});

        QCOMPARE(ran.exitCode, 0);
        QVERIFY(ran.out.startsWith("#!/bin/sh\n"_L1));
        QVERIFY(ran.out.contains("kubectl --context dev -n shop port-forward service/web 8080:80 &\n"_L1));
    }

    void aFileIsWrittenOnceAndAScriptCanBeRun()
    {
        QCOMPARE(run({u"import"_s, path(u"team.sh"_s)}).exitCode, 0);
        const QString file = path(u"out.sh"_s);

        QCOMPARE(run({u"export"_s, u"team"_s, file}).exitCode, 0);
        QVERIFY(QFile::permissions(file) & QFile::ExeOwner);
        const QByteArray before = contentOf(file);
        const Ran again = run({u"export"_s, u"team"_s, file, u"--to=krelay"_s});
        QCOMPARE(again.exitCode, 1);
        QVERIFY(again.err.contains("--replace"_L1));
        QCOMPARE(contentOf(file), before);
        QCOMPARE(run({u"export"_s, u"team"_s, file, u"--to=krelay"_s, u"--replace"_s}).exitCode, 0);
        QCOMPARE(contentOf(file), "-n shop service/web 8080:80\nservice/api 8081:80\n"_ba);
    }

    void whatIsLostIsToldBesideTheOutput()
    {
        QCOMPARE(run({u"import"_s, path(u"team.sh"_s)}).exitCode, 0);

        const Ran ran = run({u"export"_s, u"--to=kube-forwarder"_s, u"team"_s});

        QCOMPARE(ran.exitCode, 0);
        QVERIFY(QJsonDocument::fromJson(ran.out.toUtf8()).isObject());
        QVERIFY2(ran.err.contains("left out: [service/api] A file of Kube Forwarder has one cluster"_L1),
                 qPrintable(ran.err));
        const Ran other = run({u"export"_s, u"--to=kube-forwarder"_s, u"--context=gone"_s, u"team"_s});
        QVERIFY(other.out.contains("\"workloadName\": \"api\""_L1));
        QCOMPARE(other.err, QString());
    }

    void whereNothingIsLeftNothingIsWritten()
    {
        write(u"pods.sh"_s, "kubectl port-forward pod/db-0 5432\n");
        QCOMPARE(run({u"import"_s, path(u"pods.sh"_s)}).exitCode, 0);

        const Ran ran = run({u"export"_s, u"pods"_s, path(u"out.json"_s), u"--to=kftray"_s});

        QCOMPARE(ran.exitCode, 1);
        QVERIFY(ran.err.contains("There is no forward in it that kftray can hold."_L1));
        QVERIFY(!QFile::exists(path(u"out.json"_s)));
        QCOMPARE(run({u"export"_s, u"nobody"_s}).exitCode, 1);
        QCOMPARE(run({u"export"_s, u"pods"_s, u"--to=headlamp"_s}).exitCode, 1);
        QCOMPARE(run({u"export"_s}).exitCode, 1);
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    [[nodiscard]] Store::Profile saved(const QString &name) const
    {
        const auto loaded = Store::loadProfile(path(u"data/fairlead/profiles/"_s + name + u".yaml"_s));
        return loaded ? loaded->profile : Store::Profile();
    }

    [[nodiscard]] Ran run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, path(u"data"_s));
        environment.insert(u"XDG_CONFIG_HOME"_s, path(u"settings"_s));
        environment.insert(u"KUBECONFIG"_s, path(u"config"_s));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(FAIRLEAD_BINARY), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000))
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestExchange)

#include "tst_exchange.moc"
