#include "core/protocol/websocket/bytepipe.h"
#include "core/protocol/websocket/frameencoder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::WebSocket;

namespace {

MaskKey countingKey()
{
    static char count = 0;
    ++count;
    return {count, char(count * 3), char(count * 7), char(count * 11)};
}

BytePipe makePipe(Role role)
{
    return BytePipe(role, countingKey);
}

QByteArray receive(BytePipe &pipe, QByteArray wire, qsizetype slice = 0)
{
    QByteArray payload;
    for (qsizetype at = 0; at<wire.size(); at += slice> 0 ? slice : wire.size()) {
        const qsizetype size = slice > 0 ? std::min(slice, wire.size() - at) : wire.size();
        pipe.receive(wire.data() + at, size);
        while (const auto run = pipe.nextPayload())
            payload += *run;
    }
    return payload;
}

} // namespace

/// The pipe over frames: pings are answered, ends are told, both ends understand each other.
class TestBytePipe : public QObject
{
    Q_OBJECT

private slots:
    void bothEndsUnderstandEachOther_data()
    {
        QTest::addColumn<bool>("fromClient");
        QTest::addRow("client to server") << true;
        QTest::addRow("server to client") << false;
    }

    void bothEndsUnderstandEachOther()
    {
        QFETCH(const bool, fromClient);
        const BytePipe sender = makePipe(fromClient ? Role::Client : Role::Server);
        QByteArray wire;
        QByteArray sent;
        for (int size = 0; size < 300; size += 7) {
            const QByteArray part(size, char('a' + size % 26));
            sent += part;
            wire += sender.encode(part);
        }
        for (qsizetype slice = 1; slice < 40; ++slice) {
            BytePipe receiver = makePipe(fromClient ? Role::Server : Role::Client);
            QCOMPARE(receive(receiver, wire, slice), sent);
            QVERIFY(!receiver.ending());
        }
    }

    void eachFrameHasItsOwnKey()
    {
        const BytePipe pipe = makePipe(Role::Client);
        QVERIFY(pipe.encode("x").mid(2, 4) != pipe.encode("x").mid(2, 4));
    }

    void pingsAreAnsweredWithTheirPayload()
    {
        BytePipe server = makePipe(Role::Server);
        BytePipe client = makePipe(Role::Client);
        QCOMPARE(receive(client, encodeFrame(Opcode::Ping, "hello", {})), ""_ba);
        QVERIFY(client.hasControl());
        QByteArray pong = client.takeControl();
        QVERIFY(!client.hasControl());
        QCOMPARE(receive(server, pong), ""_ba); // masked, or the server would end
        QVERIFY(!server.ending());
        QCOMPARE(quint8(pong[0]), quint8(0x8a));
    }

    /// A peer that pings all the time and never reads must not fill our memory.
    void aFloodOfPingsGetsOnePong()
    {
        BytePipe client = makePipe(Role::Client);
        for (int i = 0; i < 10'000; ++i)
            (void)receive(client, encodeFrame(Opcode::Ping, QByteArray::number(i), {}));
        const QByteArray pong = client.takeControl();
        QVERIFY2(pong.size() <= MaxHeaderBytes + MaxControlPayload, qPrintable(QString::number(pong.size())));
    }

    void endings_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("byPeer");
        QTest::addColumn<int>("answer"); ///< the code of our close frame
        const auto close = [](const QByteArray &payload) { return encodeFrame(Opcode::Close, payload, {}); };
        QTest::addRow("normal") << close(closePayload(CloseCode::Normal)) << 1000 << true << 1000;
        QTest::addRow("going away, with words")
            << close(closePayload(CloseCode::GoingAway, "bye")) << 1001 << true << 1001;
        QTest::addRow("no code") << close({}) << 1005 << true << 1000;
        QTest::addRow("a private code") << close(QByteArray::fromHex("0fa0")) << 4000 << true << 4000;
        QTest::addRow("one byte") << close("x") << 1002 << false << 1002;
        QTest::addRow("code 1005, which nobody may send")
            << close(QByteArray::fromHex("03ed")) << 1002 << false << 1002;
        QTest::addRow("code 999") << close(QByteArray::fromHex("03e7")) << 1002 << false << 1002;
        QTest::addRow("code 5000") << close(QByteArray::fromHex("1388")) << 1002 << false << 1002;
        QTest::addRow("a reason that is no UTF-8") << close(QByteArray::fromHex("03e8ff")) << 1002 << false << 1002;
        QTest::addRow("text") << encodeFrame(Opcode::Text, "x", {}) << 1003 << false << 1003;
        QTest::addRow("a masked frame") << encodeFrame(Opcode::Binary, "x", MaskKey{1, 2, 3, 4}) << 1002 << false
                                        << 1002;
    }

    void endings()
    {
        QFETCH(const QByteArray, wire);
        QFETCH(const int, code);
        QFETCH(const bool, byPeer);
        QFETCH(const int, answer);
        BytePipe client = makePipe(Role::Client);
        QCOMPARE(receive(client,
                         encodeFrame(Opcode::Binary, "before", {}) + wire + encodeFrame(Opcode::Binary, "after", {})),
                 "before"_ba);
        QVERIFY(client.ending());
        QCOMPARE(int(client.ending()->code), code);
        QCOMPARE(client.ending()->byPeer, byPeer);
        QVERIFY(client.isClosing());

        BytePipe server = makePipe(Role::Server);
        (void)receive(server, client.takeControl());
        QVERIFY(server.ending());
        QVERIFY(server.ending()->byPeer);
        QCOMPARE(int(server.ending()->code), answer);
    }

    void theOneWhoClosesFirstClosesOnce()
    {
        BytePipe client = makePipe(Role::Client);
        client.close(CloseCode::Normal);
        client.close(CloseCode::GoingAway);
        QByteArray wire = client.takeControl();
        QCOMPARE(wire.size(), 2 + 4 + 2);
        BytePipe server = makePipe(Role::Server);
        (void)receive(server, wire);
        QCOMPARE(server.ending()->code, CloseCode::Normal);
        (void)receive(client, server.takeControl());
        QCOMPARE(client.ending()->code, CloseCode::Normal);
        QVERIFY(!client.hasControl());
    }

    /// What a server sends as its end, byte by byte (from a recorded tunnel).
    void aServersCloseFrame()
    {
        BytePipe server = makePipe(Role::Server);
        server.close(CloseCode::Normal);
        QCOMPARE(server.takeControl(), QByteArray::fromHex("880203e8"));
    }
};

QTEST_GUILESS_MAIN(TestBytePipe)
#include "tst_bytepipe.moc"
