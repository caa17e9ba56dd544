#include "tests/interop/requirement.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 280'000;

/// The child of `parent` that was started with the word `argument`; 0: there is none.
qint64 childWith(qint64 parent, const QByteArray &argument)
{
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        QFile status(u"/proc/%1/status"_s.arg(process));
        QFile commandLine(u"/proc/%1/cmdline"_s.arg(process));
        if (!status.open(QIODevice::ReadOnly) || !commandLine.open(QIODevice::ReadOnly))
            continue; // it has ended meanwhile
        if (status.readAll().contains("\nPPid:\t" + QByteArray::number(parent) + '\n')
            && commandLine.readAll().split('\0').contains(argument))
            return process.toLongLong();
    }
    return 0;
}

} // namespace

/// The benchmark itself: every section runs through with tiny sizes, what it measures is there, and nothing was lost.
class TestCompareSmoke : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QProcess compare;
        compare.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        compare.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        const QString json = m_folder.filePath(u"bench.json"_s);
        compare.start(QStringLiteral(FAIRLEAD_COMPARE), {u"--quick"_s, u"--json"_s, json});
        QVERIFY(compare.waitForFinished(PatienceMs));
        m_output = QString::fromUtf8(compare.readAllStandardOutput());
        QVERIFY2(compare.exitStatus() == QProcess::NormalExit && compare.exitCode() == 0, qPrintable(m_output));
        QFile file(json);
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_report = QJsonDocument::fromJson(file.readAll()).object();
    }

    void jsonHasEveryKey()
    {
        QCOMPARE(m_report.keys(), QStringList({u"conditions"_s, u"notes"_s, u"results"_s, u"verdicts"_s}));
        const QJsonObject conditions = m_report[u"conditions"_s].toObject();
        for (const auto &key : {u"cores"_s, u"date"_s, u"fairlead"_s, u"processor"_s, u"rounds"_s, u"server"_s})
            QVERIFY2(!conditions[key].isUndefined(), qPrintable(key));
        const QJsonArray results = m_report[u"results"_s].toArray();
        for (const QJsonValue &result : results)
            QCOMPARE(result.toObject().keys(),
                     QStringList({u"case"_s, u"client"_s, u"max"_s, u"median"_s, u"min"_s, u"samples"_s, u"section"_s,
                                  u"unit"_s}));
    }

    void measuresFairleadIn_data()
    {
        QTest::addColumn<QString>("section");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<int>("cases");
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        constexpr double Any = 1e9;
        constexpr double Something = 1e-6;
        QTest::addRow("transfers: rate") << u"throughput"_s << u"MB/s"_s << 6 << Something << Any;
        QTest::addRow("transfers: CPU") << u"throughput"_s << u"client CPU s/GB"_s << 6 << Something << Any;
        QTest::addRow("first byte: who speaks, round trip, how many at once")
            << u"first-byte"_s << u"ms p50"_s << 8 << Something << Any;
        // What has to travel cannot come sooner than it can travel.
        QTest::addRow("first byte: round trips") << u"first-byte"_s << u"round trips p50"_s << 4 << 1.0 << Any;
        QTest::addRow("requests") << u"requests"_s << u"requests/s"_s << 2 << Something << Any;
        QTest::addRow("requests: none fails") << u"requests"_s << u"failed"_s << 2 << 0.0 << 0.0;
        QTest::addRow("stalls: the others flow before")
            << u"stalls"_s << u"MB/s of the others, before"_s << 2 << Something << Any;
        QTest::addRow("stalls: and meanwhile")
            << u"stalls"_s << u"% of the others' rate, meanwhile"_s << 2 << Something << Any;
        QTest::addRow("stalls: and after") << u"stalls"_s << u"% of the others' rate, after"_s << 2 << Something << Any;
        QTest::addRow("footprint: memory") << u"footprint"_s << u"MB resident"_s << 4 << 1.0 << Any;
        QTest::addRow("footprint: threads") << u"footprint"_s << u"threads"_s << 4 << 1.0 << 16.0;
        QTest::addRow("footprint: no connection fails") << u"footprint"_s << u"failed"_s << 1 << 0.0 << 0.0;
        QTest::addRow("many: every connection gets its own words back")
            << u"many"_s << u"% answered with their own words"_s << 1 << 100.0 << 100.0;
        QTest::addRow("at the descriptor limit: all are served in the end")
            << u"many"_s << u"served in the end"_s << 1 << 60.0 << 60.0;
        QTest::addRow("at the descriptor limit: nobody spins")
            << u"many"_s << u"% of a core while at the limit"_s << 1 << 0.0 << 50.0;
    }

    void measuresFairleadIn()
    {
        QFETCH(const QString, section);
        QFETCH(const QString, unit);
        QFETCH(const int, cases);
        QFETCH(const double, least);
        QFETCH(const double, most);
        int found = 0;
        const QJsonArray results = m_report[u"results"_s].toArray();
        for (const QJsonValue &value : results) {
            const QJsonObject result = value.toObject();
            if (result[u"section"_s].toString() != section || result[u"unit"_s].toString() != unit
                || result[u"client"_s].toString() != u"fairlead"_s)
                continue;
            ++found;
            const double median = result[u"median"_s].toDouble();
            QVERIFY2(median >= least && median <= most,
                     qPrintable(u"%1: %2"_s.arg(result[u"case"_s].toString()).arg(median)));
        }
        QCOMPARE(found, cases);
    }

    /// A column that fell back to the other carrier, or has no figures, would look like a result.
    void eachForwarderHasAColumnForEachCarrier()
    {
        QSet<QString> columns;
        const QJsonArray results = m_report[u"results"_s].toArray();
        for (const QJsonValue &value : results) {
            const QJsonObject result = value.toObject();
            if (result[u"section"_s] == u"throughput"_s && result[u"unit"_s] == u"MB/s"_s)
                columns.insert(result[u"client"_s].toString());
        }
        QVERIFY(columns.contains(u"fairlead WebSocket"_s));
        QCOMPARE(columns.contains(u"kubectl WebSocket"_s), columns.contains(u"kubectl"_s));
    }

    void judgesWhatItMeasured()
    {
        const QJsonArray verdicts = m_report[u"verdicts"_s].toArray();
        QVERIFY(verdicts.size() >= 30);
        for (const QJsonValue &verdict : verdicts)
            QCOMPARE(verdict.toObject().keys(), QStringList({u"got"_s, u"passed"_s, u"ratio"_s, u"wanted"_s}));
        for (const auto &heading : {u"### throughput"_s, u"### first-byte"_s, u"### requests"_s, u"### stalls"_s,
                                    u"### footprint"_s, u"### many"_s, u"### To beat"_s})
            QVERIFY2(m_output.contains(heading), qPrintable(heading));
    }

    /// Figures of a run whose other end has died are none.
    void endsWhenItsPeerDies()
    {
        QProcess compare;
        compare.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        compare.start(QStringLiteral(FAIRLEAD_COMPARE),
                      {u"--quick"_s, u"--only"_s, u"requests"_s, u"--clients"_s, u"fairlead"_s});
        QVERIFY(compare.waitForStarted());
        qint64 peer = 0;
        QTRY_VERIFY_WITH_TIMEOUT((peer = childWith(compare.processId(), "peer")) != 0, PatienceMs);
        QCOMPARE(::kill(static_cast<pid_t>(peer), SIGKILL), 0);
        QVERIFY(compare.waitForFinished(PatienceMs));
        QCOMPARE(compare.exitCode(), 1);
        const QByteArray words = compare.readAllStandardError();
        QVERIFY2(words.contains("peer"), words.constData());
    }

    void worksAgainstContainerd()
    {
        QProcess compare;
        compare.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        const QString json = m_folder.filePath(u"containerd.json"_s);
        compare.start(QStringLiteral(FAIRLEAD_COMPARE),
                      {u"--quick"_s, u"--server"_s, u"containerd"_s, u"--json"_s, json});
        QVERIFY(compare.waitForFinished(PatienceMs));
        const QString words = QString::fromUtf8(compare.readAllStandardError()).trimmed();
        if (compare.exitCode() == 1)
            FAIRLEAD_SKIP_INTEROP(words);
        QCOMPARE(compare.exitCode(), 0);
        QFile file(json);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray results = QJsonDocument::fromJson(file.readAll())[u"results"_s].toArray();
        QSet<QString> sections;
        for (const QJsonValue &result : results) {
            QVERIFY(result[u"median"_s].toDouble() > 0 || result[u"unit"_s] == u"failed"_s);
            if (result[u"client"_s] == u"fairlead"_s)
                sections.insert(result[u"section"_s].toString());
        }
        QCOMPARE(sections, QSet<QString>({u"throughput"_s, u"first-byte"_s, u"requests"_s}));
    }

    void cleanupTestCase()
    {
        if (QTest::currentTestFailed())
            qInfo().noquote() << m_output;
    }

private:
    QTemporaryDir m_folder;
    QString m_output;
    QJsonObject m_report;
};

QTEST_GUILESS_MAIN(TestCompareSmoke)
#include "tst_compare_smoke.moc"
