#include "tests/core/forward/engineharness.h"

#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;

/// Bytes arrive unchanged, and the counters say how many. Groups A and B of the reliability list.
class TestForwardBytes : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::addColumn<Net::TransportChoice>("transport");
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<qsizetype>("chunk");
        struct Way {
            const char *name;
            bool tls;
            Net::TransportChoice transport;
        };
        for (const Way &way :
             {Way{"TLS", true, Net::TransportChoice::Spdy}, Way{"plain", false, Net::TransportChoice::Spdy},
              Way{"WebSocket over TLS", true, Net::TransportChoice::WebSocket},
              Way{"WebSocket, plain", false, Net::TransportChoice::WebSocket}}) {
            const auto add = [&way](const char *name, qsizetype size, qsizetype chunk) {
                QTest::addRow("%s, %s", name, way.name) << way.tls << way.transport << size << chunk;
            };
            add("nothing", 0, 1);
            add("1 byte", 1, 1);
            add("1 KiB - 1 byte by byte", 1023, 1);
            add("1 KiB by tens", 1024, 10);
            add("1 KiB + 1 by hundreds", 1025, 100);
            add("64 KiB - 1", 65535, 1000);
            add("64 KiB", 65536, 32768);
            add("64 KiB + 1", 65537, 65536);
            add("16 MiB", 16 << 20, 262144);
        }
    }

    void roundTrip()
    {
        QFETCH(const bool, tls);
        QFETCH(const Net::TransportChoice, transport);
        QFETCH(const qsizetype, size);
        QFETCH(const qsizetype, chunk);
        ServerScript script;
        script.tls = tls;
        EngineHarness harness(script);
        harness.setTransport(transport);
        harness.start();
        QVERIFY(harness.reaches(State::Running));

        ProgramPlan plan;
        plan.send = pattern(1, size);
        plan.chunk = chunk;
        plan.halfClose = true;
        const ProgramResult result = harness.run(plan);

        QVERIFY(result.eof);
        QCOMPARE(result.received.size(), size);
        QVERIFY(result.received == plan.send);
        const ConnectionSnapshot closed = harness.closed();
        QCOMPARE(closed.end, ConnectionEnd::ByProgram);
        QCOMPARE(closed.traffic.bytesUp, quint64(size));
        QCOMPARE(closed.traffic.bytesDown, quint64(size));
        QTRY_COMPARE(harness.snapshot().traffic.bytesUp, quint64(size));
        QTRY_COMPARE(harness.snapshot().traffic.bytesDown, quint64(size));
        QCOMPARE(harness.snapshot().ports.at(0).traffic.bytesDown, quint64(size));
        QCOMPARE(harness.server.payloadReceived(), quint64(size));
        const bool webSocket = transport == Net::TransportChoice::WebSocket;
        QCOMPARE(harness.server.webSockets(), webSocket ? harness.server.upgraded() : 0);
        QCOMPARE(harness.snapshot().transport, webSocket ? Net::Transport::WebSocket : Net::Transport::Spdy);
    }

    void manyAtOnceMixNothingUp_data() { EngineHarness::addTransports(); }
    void manyAtOnceMixNothingUp()
    {
        QFETCH(const Net::TransportChoice, transport);
        constexpr int Connections = 200;
        EngineHarness harness;
        harness.setTransport(transport);
        harness.start();
        QVERIFY(harness.reaches(State::Running));
        std::vector<std::future<ProgramResult>> programs;
        quint64 total = 0;
        for (int i = 0; i < Connections; ++i) {
            ProgramPlan plan;
            plan.send = pattern(quint32(i), 1000 + i * 37);
            plan.halfClose = true;
            total += quint64(plan.send.size());
            programs.push_back(runProgram(harness.localPort(), plan));
        }
        for (int i = 0; i < Connections; ++i) {
            const ProgramResult result = EngineHarness::wait(programs[size_t(i)]);
            QVERIFY2(result.eof, qPrintable(QString::number(i)));
            QVERIFY(result.received == pattern(quint32(i), 1000 + i * 37));
        }
        QTRY_COMPARE(harness.snapshot().openConnections, 0);
        QCOMPARE(harness.snapshot().totalConnections, quint64(Connections));
        QTRY_COMPARE(harness.snapshot().traffic.bytesUp, total);
        QTRY_COMPARE(harness.snapshot().traffic.bytesDown, total);
        QCOMPARE(harness.manager.connections(harness.id).size(), 100); // the last hundred stay
    }
};

QTEST_GUILESS_MAIN(TestForwardBytes)
#include "tst_forwardbytes.moc"
