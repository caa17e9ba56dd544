#include "tests/bench/compare/delayline.h"
#include "tests/core/forward/engineharness.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
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

/// A relay that runs until this process ends; the port to use instead.
quint16 startCable(quint16 target)
{
    auto *cable = new Bench::DelayLine(std::chrono::milliseconds(50));
    const quint16 port = cable->add(target);
    std::thread([cable] { cable->run(); }).detach();
    return port;
}

/// Milliseconds from connect() to the first byte of the echo, of programs that all begin now. `stay`: none of them ends
/// before the last is served.
std::vector<double> firstBytes(quint16 port, int programs, bool stay)
{
    std::vector<double> times;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < programs; ++i) {
        auto *socket = sockets.emplace_back(std::make_unique<QTcpSocket>()).get();
        socket->connectToHost(u"127.0.0.1"_s, port);
        socket->write("x");
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [&times, &timer, socket, stay] {
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
            if (!stay)
                socket->disconnectFromHost();
        });
    }
    (void)QTest::qWaitFor([&] { return times.size() == size_t(programs); }, 30'000);
    return times;
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

    void burstOntoAnIdleForward_data()
    {
        QTest::addColumn<bool>("stay");
        QTest::addColumn<int>("connectingAtOnce");
        for (const bool stay : {false, true}) {
            for (const int count : {8, 16, 32, 64})
                QTest::addRow("connections %s, %d set up at once", stay ? "stay" : "end", count) << stay << count;
        }
    }

    /// 50 programs at once, at 50 ms round trip, where one tunnel is ready. Server and programs run in this process.
    void burstOntoAnIdleForward()
    {
        QFETCH(const bool, stay);
        QFETCH(const int, connectingAtOnce);
        constexpr int Programs = 50;
        const FaultServer server;
        const quint16 cable = startCable(server.port());
        ForwardManager manager([&](const Kube::ContextRef &) {
            auto connection = server.connection();
            connection.server.setPort(cable);
            return connection;
        });
        ForwardManager::Options options;
        options.connectingAtOnce = connectingAtOnce;
        manager.setOptions(options);
        const ForwardId id = manager.add(EngineHarness::spec());
        manager.start(id);
        QTRY_COMPARE_WITH_TIMEOUT(manager.snapshot(id).state, State::Running, 30'000);
        QTest::qWait(500); // for the spare
        const auto times = firstBytes(manager.snapshot(id).ports.value(0).localPort, Programs, stay);
        QCOMPARE(times.size(), size_t(Programs));
        qInfo("%s: first byte p50 %.0f ms, p90 %.0f ms, last %.0f ms; %d upgrades", QTest::currentDataTag(),
              times[Programs / 2], times[Programs * 9 / 10], times.back(), server.upgraded());
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
