#include "tests/bench/transferfixture.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <future>

using namespace Fairlead;
using namespace Fairlead::Bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 240'000;

/// 1 GiB, or what FAIRLEAD_BENCH_BYTES says.
quint64 transferBytes()
{
    bool given = false;
    const quint64 bytes = qEnvironmentVariable("FAIRLEAD_BENCH_BYTES").toULongLong(&given);
    return given ? bytes : quint64(1) << 30;
}

/// What goes the other way: the command line, and the 64 hexadecimal digits and newline that answer an upload.
quint64 commandBytes(quint64 bytes)
{
    return 6 + static_cast<quint64>(QByteArray::number(bytes).size());
}
constexpr quint64 AnswerBytes = 65;

/// Runs a blocking client on its own thread while this one keeps its event loop.
template <typename Client>
Transfer inBackground(Client client, quint16 port, quint64 bytes)
{
    std::future<Transfer> transfer = std::async(std::launch::async, client, port, bytes);
    const bool ready = QTest::qWaitFor(
        [&] { return transfer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, PatienceMs);
    if (!ready)
        qWarning("the transfer takes longer than it may");
    return transfer.get();
}

void report(const char *what, quint64 bytes, qint64 ms)
{
    qInfo("%s: %.0f MB in %.1f s, %.0f MB/s", what, double(bytes) / 1e6, double(ms) / 1e3,
          double(bytes) / 1e3 / double(qMax<qint64>(ms, 1)));
}

} // namespace

/// A large transfer each way arrives as it was sent and is counted to the byte.
class TestGigabyte : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_bytes = transferBytes();
        m_expected = BytePeer::expectedHash(m_bytes);
    }

    void throughTheEngine()
    {
        Forward::ForwardManager manager(m_fixture.connections());
        const Forward::ForwardId id = manager.add(TransferFixture::forwardToPeer());
        manager.start(id);
        QTRY_COMPARE_WITH_TIMEOUT(manager.snapshot(id).state, Forward::State::Running, 30'000);
        const quint16 port = manager.snapshot(id).ports.first().localPort;
        QSignalSpy closed(&manager, &Forward::ForwardManager::connectionClosed);

        QElapsedTimer timer;
        timer.start();
        const Transfer down = inBackground(download, port, m_bytes);
        report("engine, down", m_bytes, timer.elapsed());
        QVERIFY(down.complete);
        QCOMPARE(down.sha256, m_expected);

        timer.restart();
        const Transfer up = inBackground(upload, port, m_bytes);
        report("engine, up", m_bytes, timer.elapsed());
        QVERIFY(up.complete);
        QCOMPARE(up.sha256, m_expected);

        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 2, 10'000);
        const auto first = closed[0][1].value<Forward::ConnectionSnapshot>();
        QCOMPARE(first.traffic.bytesDown, m_bytes);
        QCOMPARE(first.traffic.bytesUp, commandBytes(m_bytes));
        const auto second = closed[1][1].value<Forward::ConnectionSnapshot>();
        QCOMPARE(second.traffic.bytesUp, m_bytes + commandBytes(m_bytes));
        QCOMPARE(second.traffic.bytesDown, AnswerBytes);
        QTRY_COMPARE(manager.snapshot(id).traffic.bytesDown, m_bytes + AnswerBytes);
    }

    void throughTheCommandLine()
    {
        QProcess process;
        process.start(QStringLiteral(FAIRLEAD_BINARY),
                      {u"port-forward"_s, u"--kubeconfig"_s, m_fixture.kubeconfig(), u"-n"_s, u"bench"_s, u"-o"_s,
                       u"json"_s, u"--address"_s, u"127.0.0.1"_s, u"bytes"_s, u":data"_s});
        QList<QJsonObject> events;
        const auto find = [&](const QString &event, int nth) -> QJsonObject {
            while (process.canReadLine())
                events << QJsonDocument::fromJson(process.readLine()).object();
            for (const QJsonObject &object : std::as_const(events)) {
                if (object[u"event"_s].toString() == event && nth-- == 0)
                    return object;
            }
            return {};
        };
        QTRY_VERIFY_WITH_TIMEOUT(!find(u"listening"_s, 0).isEmpty(), 30'000);
        const auto port = static_cast<quint16>(find(u"listening"_s, 0)[u"port"_s].toInt());

        QElapsedTimer timer;
        timer.start();
        const Transfer down = inBackground(download, port, m_bytes);
        report("command line, down", m_bytes, timer.elapsed());
        QVERIFY(down.complete);
        QCOMPARE(down.sha256, m_expected);
        timer.restart();
        const Transfer up = inBackground(upload, port, m_bytes);
        report("command line, up", m_bytes, timer.elapsed());
        QVERIFY(up.complete);
        QCOMPARE(up.sha256, m_expected);

        QTRY_VERIFY_WITH_TIMEOUT(!find(u"closed"_s, 1).isEmpty(), 10'000);
        QCOMPARE(find(u"closed"_s, 0)[u"bytesDown"_s].toInteger(), static_cast<qint64>(m_bytes));
        QCOMPARE(find(u"closed"_s, 0)[u"bytesUp"_s].toInteger(), static_cast<qint64>(commandBytes(m_bytes)));
        QCOMPARE(find(u"closed"_s, 1)[u"bytesUp"_s].toInteger(), static_cast<qint64>(m_bytes + commandBytes(m_bytes)));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 10'000);
        QCOMPARE(process.exitCode(), 0);
    }

private:
    TransferFixture m_fixture;
    quint64 m_bytes = 0;
    QByteArray m_expected;
};

QTEST_GUILESS_MAIN(TestGigabyte)
#include "tst_gigabyte.moc"
