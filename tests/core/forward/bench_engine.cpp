#include "tests/core/forward/engineharness.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <atomic>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

namespace {

/// CPU seconds of the threads whose name begins with `prefix`.
double cpuSeconds(const QByteArray &prefix)
{
    double ticks = 0;
    const QStringList tasks = QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &task : tasks) {
        QFile file(u"/proc/self/task/%1/stat"_s.arg(task));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readAll();
        const QByteArray name = line.mid(line.indexOf('(') + 1, line.lastIndexOf(')') - line.indexOf('(') - 1);
        if (!name.startsWith(prefix))
            continue;
        const QList<QByteArray> columns = line.mid(line.lastIndexOf(')') + 2).split(' ');
        ticks += columns.at(11).toDouble() + columns.at(12).toDouble();
    }
    return ticks / double(::sysconf(_SC_CLK_TCK));
}

qint64 residentKiB()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toLongLong() * ::sysconf(_SC_PAGESIZE) / 1024;
}

} // namespace

/// What the engine costs: bytes a second, CPU a gigabyte, memory a connection. Prints, and checks that nothing is lost.
class BenchEngine : public QObject
{
    Q_OBJECT

private slots:
    void oneGigabyte_data()
    {
        QTest::addColumn<bool>("down");
        QTest::addRow("down") << true;
        QTest::addRow("up") << false;
    }

    void oneGigabyte()
    {
        QFETCH(const bool, down);
        constexpr int DefaultMib = 1024;
        const int mib = qEnvironmentVariableIntValue("FAIRLEAD_BENCH_MIB");
        const auto size = qsizetype(mib > 0 ? mib : DefaultMib) << 20;
        ServerScript script;
        script.pairs.insert(81, down ? PairScript::Source : PairScript::Sink);
        script.sourceBytes = down ? size : 0;
        EngineHarness harness(script);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        ProgramPlan plan;
        if (!down)
            plan.send = pattern(5, size);
        plan.halfClose = !down;
        const double cpu = cpuSeconds("io ");
        std::future<ProgramResult> program = runProgram(harness.localPort(), plan);
        QTRY_VERIFY_WITH_TIMEOUT(harness.server.payloadSent() + harness.server.payloadReceived() > 0, 30'000);
        QElapsedTimer timer; // the server makes its data first
        timer.start();
        const ProgramResult result = EngineHarness::wait(program);
        const double seconds = double(timer.elapsed()) / 1000.0;
        const double gigabytes = double(size) / 1e9;
        qInfo("%s: %.0f MB/s, engine %.2f CPU s/GB", down ? "down" : "up", gigabytes * 1000 / seconds,
              (cpuSeconds("io ") - cpu) / gigabytes);
        QVERIFY(result.eof);
        if (down)
            QVERIFY(result.received == pattern(81, size));
        QCOMPARE(down ? harness.closed().traffic.bytesDown : harness.closed().traffic.bytesUp, quint64(size));
        if (!down)
            QCOMPARE(harness.server.payloadReceived(), quint64(size));
    }

    void memoryOfIdleConnections()
    {
        constexpr int Connections = 200;
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        const qint64 before = residentKiB();
        std::vector<std::future<ProgramResult>> programs;
        ProgramPlan plan;
        plan.send = "x";
        plan.timeoutMs = 5'000;
        for (int i = 0; i < Connections; ++i)
            programs.push_back(runProgram(harness.localPort(), plan));
        QTRY_COMPARE_WITH_TIMEOUT(harness.snapshot().traffic.bytesDown, quint64(Connections), 30'000);
        qInfo("%d idle connections: %lld KiB each, server and program threads included", Connections,
              (residentKiB() - before) / Connections);
        for (auto &program : programs)
            (void)EngineHarness::wait(program);
    }

    void connectAndEcho()
    {
        EngineHarness harness;
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        std::vector<double> times;
        ProgramPlan plan;
        plan.send = "x";
        plan.stopAfter = 1;
        for (int i = 0; i < 200; ++i) {
            QElapsedTimer timer;
            timer.start();
            QCOMPARE(runProgram(harness.localPort(), plan).get().received, "x"_ba);
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
            QTest::qWait(5); // the spare is replaced meanwhile
        }
        std::sort(times.begin(), times.end());
        qInfo("connect and echo: p50 %.2f ms, p99 %.2f ms", times[100], times[198]);
    }

    void requestsASecond_data()
    {
        QTest::addColumn<int>("atOnce");
        QTest::addColumn<PairScript>("pair");
        QTest::addRow("one at a time") << 1 << PairScript::Echo;
        QTest::addRow("16 at once") << 16 << PairScript::Echo;
        QTest::addRow("one at a time, the node takes a second to end") << 1 << PairScript::OneSecondRule;
        QTest::addRow("16 at once, the node takes a second to end") << 16 << PairScript::OneSecondRule;
    }

    /// A program that opens a connection for each request and closes it after the answer. The server runs in this
    /// process, too.
    void requestsASecond()
    {
        QFETCH(const int, atOnce);
        QFETCH(const PairScript, pair);
        constexpr int Requests = 800;
        ServerScript script;
        script.pairs.insert(81, pair);
        EngineHarness harness(script);
        auto options = EngineHarness::shortTimes();
        options.maxWaiting = 1000;
        harness.manager.setOptions(options);
        harness.start({81});
        QVERIFY(harness.reaches(State::Running));
        std::atomic<int> failed = 0;
        QElapsedTimer timer;
        timer.start();
        std::vector<std::future<void>> clients;
        for (int i = 0; i < atOnce; ++i) {
            clients.push_back(std::async(std::launch::async, [&, port = harness.localPort()] {
                ProgramPlan plan;
                plan.send = "GET / HTTP/1.1\r\n\r\n";
                plan.stopAfter = plan.send.size();
                for (int k = 0; k < Requests / atOnce; ++k)
                    failed += runProgram(port, plan).get().received != plan.send;
            }));
        }
        for (auto &client : clients) {
            while (client.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready)
                QCoreApplication::processEvents();
        }
        qInfo("%s: %.0f requests/s, %d upgrades", QTest::currentDataTag(), Requests * 1000.0 / double(timer.elapsed()),
              harness.server.upgraded());
        QCOMPARE(failed.load(), 0);
    }
};

QTEST_GUILESS_MAIN(BenchEngine)
#include "bench_engine.moc"
