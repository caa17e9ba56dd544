#include "core/protocol/spdy/headercompressor.h"
#include "tests/core/protocol/spdy/vectors.h"

#include <QTest>

using namespace Fairlead::Spdy;
using namespace Fairlead::Spdy::Test;
using namespace Qt::StringLiterals;

namespace {

const Headers SomeHeaders = {{"streamtype", "data"}, {"port", "80"}};

/// Frames one after the other. A list is read from left to right; the operands of a plus need not be, and blocks of
/// one zlib stream must be made in the order in which they are sent.
QByteArray inOrder(const QByteArrayList &frames)
{
    return frames.join();
}

/// The frames of a peer, with its one zlib stream.
class Peer
{
public:
    QByteArray synStream(quint32 id, quint8 flags = 0, const Headers &headers = SomeHeaders)
    {
        return synStreamOf(id, flags, encodeHeaderBlock(headers));
    }
    QByteArray synStreamOf(quint32 id, quint8 flags, const QByteArray &plain)
    {
        return controlFrame(1, flags, word(id) + word(0) + QByteArray(2, '\0') + m_compressor.compress(plain));
    }
    QByteArray synReply(quint32 id, quint8 flags = 0, const Headers &headers = {})
    {
        return controlFrame(2, flags, word(id) + m_compressor.compress(encodeHeaderBlock(headers)));
    }
    QByteArray headers(quint32 id, quint8 flags = 0)
    {
        return controlFrame(8, flags, word(id) + m_compressor.compress(encodeHeaderBlock({{"x", "y"}})));
    }

private:
    HeaderCompressor m_compressor;
};

QByteArray rst(quint32 id, quint32 status)
{
    return controlFrame(3, 0, word(id) + word(status));
}
QByteArray ping(quint32 id)
{
    return controlFrame(6, 0, word(id));
}
QByteArray goAway(quint32 last, quint32 status = 0)
{
    return controlFrame(7, 0, word(last) + word(status));
}

QStringList framesOf(const QByteArray &bytes)
{
    FrameParser parser;
    QStringList texts;
    for (const QByteArray &frame : splitFrames(bytes)) {
        texts << parser.parse(frame).text;
    }
    return texts;
}

QString failure(FrameError error)
{
    return u"failed: "_s + describe(error);
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void recordedFaultsHaveTheirReaction_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<QString>("reaction");
        const QJsonArray faults = vectors()["faults"_L1].toArray();
        QCOMPARE(faults.size(), 13);
        for (const QJsonValue &fault : faults) {
            const QString rule = fault["rule"_L1].toString();
            QByteArray wire = bytesOf(fault["wire"_L1]);
            if (fault.toObject().contains("plain"_L1)) {
                wire = Peer().synStreamOf(1, 0, bytesOf(fault["plain"_L1]));
            } else if (rule.contains("used or passed"_L1)) {
                Peer peer;
                wire = inOrder({peer.synStream(5), peer.synStream(3), peer.synStream(5), peer.synStream(6)});
            } else if (rule.contains("even id"_L1)) {
                Peer peer;
                wire = inOrder({peer.synStream(2), peer.synStream(4)});
            }
            QVERIFY2(!wire.isEmpty(), qPrintable(rule));
            QTest::newRow(rule.toUtf8().data()) << wire << fault["reaction"_L1].toString();
        }
    }

    void recordedFaultsHaveTheirReaction()
    {
        QFETCH(const QByteArray, wire);
        QFETCH(const QString, reaction);
        static const QHash<QString, FrameError> endings = {{u"BadHeaderBlock"_s, FrameError::BadHeaderBlock},
                                                           {u"UnknownControlFrame"_s, FrameError::UnknownControlFrame},
                                                           {u"StreamZero"_s, FrameError::StreamZero},
                                                           {u"PingZero"_s, FrameError::PingZero},
                                                           {u"WrongFlags"_s, FrameError::WrongFlags},
                                                           {u"ZeroStatus"_s, FrameError::ZeroStatus},
                                                           {u"WrongLength"_s, FrameError::WrongLength}};
        for (qsizetype slice = 1; slice <= wire.size(); ++slice) {
            Session server(Role::Server);
            const QStringList events = eventsOf(server, wire, slice);
            const QStringList answers = framesOf(server.takeOutput());
            QCOMPARE(server.hasFailed(), endings.contains(reaction));
            if (endings.contains(reaction)) {
                QCOMPARE(events, QStringList(failure(endings[reaction])));
                QCOMPARE(answers, QStringList(u"GOAWAY last=0 status=1"_s));
            } else if (reaction == "ignored"_L1) {
                QCOMPARE(events, QStringList());
                QCOMPARE(answers, QStringList());
            } else if (reaction == "echoed"_L1) {
                QCOMPARE(answers, QStringList(u"PING 1"_s));
            } else if (reaction == "reset 1"_L1) {
                QCOMPARE(events, QStringList(u"opened 5 {streamtype: data, port: 80}"_s));
                QCOMPARE(
                    answers,
                    QStringList({u"RST_STREAM 3 status=1"_s, u"RST_STREAM 5 status=1"_s, u"RST_STREAM 6 status=1"_s}));
                QVERIFY(server.isKnown(5));
            } else {
                QCOMPARE(reaction, u"accepted"_s);
                QCOMPARE(events.size(), 2);
                QCOMPARE(answers, QStringList());
            }
        }
    }

    void recordedFramesBecomeEvents()
    {
        const QJsonArray groups = vectors()["frameGroups"_L1].toArray();
        const QStringList expected[] = {
            {u"opened 1 {streamtype: error, port: 8080, requestid: 0}"_s, u"data 1 fin -"_s,
             u"opened 3 {streamtype: data, port: 8080, requestid: 0}"_s, u"data 3 fin 68656c6c6f627965"_s,
             u"opened 5 fin {requestid: 1, streamtype: error, port: 8080}"_s,
             u"opened 7 {port: 8080, requestid: 1, streamtype: data}"_s, u"reset 7 status=5"_s,
             u"goaway last=0 status=0"_s},
            {u"replied 1"_s, u"replied 3"_s, u"replied 5"_s, u"data 3 776f726c64"_s, u"pong 1"_s,
             u"data 5 "_s
                 + QString::fromLatin1(
                     "error forwarding port 8080 to pod 0123, uid : connect: connection refused"_ba.toHex()),
             u"reset 5 status=5"_s, u"data 3 fin -"_s, u"reset 9 status=1"_s, u"goaway last=7 status=0"_s},
            {u"opened 9 fin {port: 65535}"_s, u"opened 11 {}"_s, u"opened 13 {x-a: one\\0two}"_s,
             u"goaway last=2147483647 status=2"_s}};
        QCOMPARE(groups.size(), 3);
        for (int group = 0; group < 3; ++group) {
            QByteArray wire;
            for (const QJsonValue &frame : groups[group]["frames"_L1].toArray()) {
                wire += bytesOf(frame["wire"_L1]);
            }
            for (qsizetype slice = 1; slice <= wire.size(); ++slice) {
                Session session(group == 1 ? Role::Client : Role::Server);
                if (group == 1) {
                    for (int i = 0; i < 5; ++i) {
                        (void)session.openStream({});
                    }
                    (void)session.sendPing();
                }
                const QStringList events = eventsOf(session, wire, slice);
                QCOMPARE(events.join(u'\n'), expected[group].join(u'\n'));
            }
        }
    }

    void whatEndsASession_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<FrameError>("error");
        QTest::newRow("SYN_STREAM 0") << Peer().synStream(0) << FrameError::StreamZero;
        QTest::newRow("SYN_STREAM 0 with the reserved bit") << Peer().synStream(0x80000000) << FrameError::StreamZero;
        QTest::newRow("SYN_REPLY 0") << Peer().synReply(0) << FrameError::StreamZero;
        QTest::newRow("HEADERS 0") << Peer().headers(0) << FrameError::StreamZero;
        QTest::newRow("RST_STREAM 0") << rst(0, 5) << FrameError::StreamZero;
        QTest::newRow("SETTINGS that promise more")
            << controlFrame(4, 0, word(2) + word(4) + word(100)) << FrameError::WrongLength;
        QTest::newRow("SETTINGS with a count that overflows")
            << controlFrame(4, 0, word(0x20000000)) << FrameError::WrongLength;
        QTest::newRow("SYN_STREAM without a block")
            << controlFrame(1, 0, QByteArray("\0\0\0\1\0\0\0\0\0\0", 10)) << FrameError::BadHeaderBlock;
        QTest::newRow("zlib garbage in SYN_STREAM")
            << controlFrame(1, 0, QByteArray("\0\0\0\1\0\0\0\0\0\0garbage", 17)) << FrameError::BadCompression;
        QTest::newRow("zlib garbage in SYN_REPLY for nobody")
            << controlFrame(2, 0, word(99) + "garbage") << FrameError::BadCompression;
        QTest::newRow("zlib garbage in HEADERS for nobody")
            << controlFrame(8, 0, word(99) + "garbage") << FrameError::BadCompression;
        QTest::newRow("a header of the HTTP hop")
            << Peer().synStream(1, 0, {{"connection", "x"}}) << FrameError::ForbiddenHeader;
        QTest::newRow("65 headers") << Peer().synStream(1, 0, Headers(65, {"a", "b"})) << FrameError::BadHeaderBlock;
        QTest::newRow("a value of 4097 bytes")
            << Peer().synStream(1, 0, {{"a", QByteArray(4097, 'x')}}) << FrameError::BadHeaderBlock;
        QTest::newRow("60 MiB of zeros in one block")
            << Peer().synStreamOf(1, 0, QByteArray(60 << 20, '\0')).left(8 + 64 * 1024) << FrameError::BadHeaderBlock;
        QTest::newRow("2^24-1 bytes of SYN_STREAM announced")
            << QByteArray::fromHex("8003000100ffffff") << FrameError::ControlFrameTooBig;
    }

    void whatEndsASession()
    {
        QFETCH(const QByteArray, wire);
        QFETCH(const FrameError, error);
        for (const Role role : {Role::Client, Role::Server}) {
            for (const qsizetype slice : {qsizetype(1), qsizetype(7), wire.size()}) {
                Session session(role);
                QCOMPARE(eventsOf(session, wire, slice), QStringList(failure(error)));
                QVERIFY(session.hasFailed());
                QCOMPARE(framesOf(session.takeOutput()), QStringList(u"GOAWAY last=0 status=1"_s));
            }
        }
    }

    void afterAFailureNothingComesOutAnyMore()
    {
        Session session(Role::Client);
        const quint32 stream = session.openStream({});
        QCOMPARE(eventsOf(session, ping(0) + ping(2)).size(), 1);
        (void)session.takeOutput();

        QCOMPARE(eventsOf(session, ping(2) + dataFrame(1, 0, "x")), QStringList());
        session.sendData(stream, "x");
        session.resetStream(stream, ResetStatus::Cancel);
        session.replyToStream(stream);
        session.sendGoAway(GoAwayStatus::Ok);
        (void)session.sendPing();
        QCOMPARE(session.openStream({}), 0U);
        QVERIFY(!session.mayOpenStreams());
        QCOMPARE(session.outputSize(), 0);
    }

    void tooManyStreamsEndTheSession()
    {
        Peer peer;
        Session session(Role::Server, {.streams = 3});
        QByteArray wire;
        for (quint32 id = 1; id <= 5; id += 2) {
            wire += peer.synStream(id);
        }
        QCOMPARE(eventsOf(session, wire).size(), 3);
        session.resetStream(3, ResetStatus::Cancel);
        QCOMPARE(eventsOf(session, peer.synStream(7)).size(), 1); // a forgotten stream makes room
        QCOMPARE(eventsOf(session, peer.synStream(9)), QStringList(failure(FrameError::TooManyStreams)));
    }

    void aClientOpensNoMoreThanTheLimit()
    {
        Session session(Role::Client, {.streams = 2});
        QCOMPARE(session.openStream({}), 1U);
        QCOMPARE(session.openStream({}), 3U);
        QVERIFY(!session.mayOpenStreams());
        QCOMPARE(session.openStream({}), 0U);
        session.resetStream(1, ResetStatus::Cancel);
        QVERIFY(session.mayOpenStreams());
        QCOMPARE(session.openStream({}), 5U);
    }

    void aClientRefusesStreamsAndKeepsTheZlibHistory()
    {
        Peer peer;
        Session session(Role::Client);
        const quint32 stream = session.openStream({});
        (void)session.takeOutput();

        QCOMPARE(eventsOf(session, inOrder({peer.synStream(2), peer.synReply(stream)})), QStringList(u"replied 1"_s));
        QCOMPARE(framesOf(session.takeOutput()), QStringList(u"RST_STREAM 2 status=3"_s));
        QCOMPARE(session.openStreams(), 1);
    }

    void lateFramesOfForgottenStreamsAreDropped()
    {
        Peer peer;
        Session session(Role::Client);
        (void)session.openStream({});
        session.resetStream(1, ResetStatus::Cancel);
        QVERIFY(!session.isKnown(1));
        (void)session.takeOutput();

        const QByteArray late = inOrder({peer.synReply(1), dataFrame(1, 0, "late"), peer.headers(1, 1),
                                         dataFrame(1, 1, {}), rst(1, 5), rst(1, 5), dataFrame(77, 0, "never opened")});
        QCOMPARE(eventsOf(session, late), QStringList());
        QCOMPARE(session.outputSize(), 0);
        QVERIFY(!session.hasFailed());
    }

    void aStreamResetInTheMiddleOfAFrameIsSkipped()
    {
        Session session(Role::Client);
        (void)session.openStream({});
        const QByteArray wire = dataFrame(1, 1, "abcdef");
        QCOMPARE(eventsOf(session, wire.left(10)), QStringList(u"data 1 6162"_s));
        session.resetStream(1, ResetStatus::Cancel);
        QCOMPARE(eventsOf(session, wire.mid(10) + ping(2)), QStringList());
        QVERIFY(framesOf(session.takeOutput()).endsWith(u"PING 2"_s));
    }

    void nothingComesAfterTheFin()
    {
        Session session(Role::Client);
        (void)session.openStream({});
        const QByteArray wire = dataFrame(1, 1, "end") + dataFrame(1, 0, "more") + dataFrame(1, 1, {});
        QCOMPARE(eventsOf(session, wire), QStringList(u"data 1 fin 656e64"_s));
        QVERIFY(session.isKnown(1));
        session.sendData(1, {}, true);
        QVERIFY(!session.isKnown(1));
        QCOMPARE(session.openStreams(), 0);
    }

    void emptyDataWithoutFinIsNoEvent()
    {
        Session session(Role::Client);
        (void)session.openStream({});
        QCOMPARE(eventsOf(session, dataFrame(1, 0, {}) + dataFrame(1, 0, {})), QStringList());
    }

    void aFinComesOnTheLastPieceOnly()
    {
        Session session(Role::Client);
        (void)session.openStream({});
        const QByteArray wire = dataFrame(1, 1, "abc");
        QList<bool> fins;
        for (const char c : wire) {
            session.receive(QByteArrayView(&c, 1));
            while (const auto event = session.nextEvent()) {
                fins << std::get<DataReceived>(*event).fin;
            }
        }
        QCOMPARE(fins, QList<bool>({false, false, true}));
    }

    void aFinOnReplyOrHeadersEndsTheDirection()
    {
        Peer peer;
        Session session(Role::Client);
        (void)session.openStream({}, true);
        (void)session.openStream({});
        QCOMPARE(eventsOf(session, inOrder({peer.synReply(1, 1), peer.headers(3, 1), dataFrame(3, 0, "x")})),
                 QStringList({u"replied 1 fin"_s, u"data 3 fin -"_s}));
        QVERIFY(!session.isKnown(1));
        QVERIFY(session.isKnown(3));
    }

    void onlyTheFirstReplyCounts()
    {
        Peer peer;
        Session session(Role::Client);
        (void)session.openStream({});
        QCOMPARE(eventsOf(session, inOrder({peer.synReply(1), peer.synReply(1, 1), dataFrame(1, 0, "x")})),
                 QStringList({u"replied 1"_s, u"data 1 78"_s}));
    }

    void dataMayComeBeforeTheReply()
    {
        Peer peer;
        Session session(Role::Client);
        (void)session.openStream({});
        QCOMPARE(eventsOf(session, dataFrame(1, 0, "x") + peer.synReply(1)),
                 QStringList({u"data 1 78"_s, u"replied 1"_s}));
    }

    void aServerRepliesOnceAndBeforeItsFirstData()
    {
        Peer peer;
        Session session(Role::Server);
        QCOMPARE(eventsOf(session, inOrder({peer.synStream(1), peer.synStream(3)})).size(), 2);
        session.sendData(1, "x");
        session.replyToStream(1);
        session.replyToStream(3);
        session.replyToStream(3);
        session.replyToStream(99);
        QCOMPARE(framesOf(session.takeOutput()),
                 QStringList({u"SYN_REPLY 1 {}"_s, u"DATA 1 78"_s, u"SYN_REPLY 3 {}"_s}));
    }

    void nothingIsSentBackOnAUnidirectionalStream()
    {
        Peer peer;
        Session session(Role::Server);
        QCOMPARE(eventsOf(session, inOrder({peer.synStream(1, 2), peer.synStream(3, 3)})).size(), 2);
        session.sendData(1, "x", true);
        QCOMPARE(session.outputSize(), 0);
        QVERIFY(session.isKnown(1));
        QVERIFY(!session.isKnown(3));
        QCOMPARE(eventsOf(session, dataFrame(1, 1, {})), QStringList(u"data 1 fin -"_s));
        QVERIFY(!session.isKnown(1));
    }

    void payloadIsCutIntoFramesOf32KiB_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<bool>("fin");
        QTest::addColumn<QList<qsizetype>>("frames");
        const qsizetype full = MaxDataBody;
        QTest::newRow("nothing") << qsizetype(0) << false << QList<qsizetype>();
        QTest::newRow("only FIN") << qsizetype(0) << true << QList<qsizetype>({0});
        QTest::newRow("one byte") << qsizetype(1) << false << QList<qsizetype>({1});
        QTest::newRow("one frame") << full << true << QList<qsizetype>({full});
        QTest::newRow("one byte more") << full + 1 << true << QList<qsizetype>({full, 1});
        QTest::newRow("three frames") << 3 * full << false << QList<qsizetype>({full, full, full});
    }

    void payloadIsCutIntoFramesOf32KiB()
    {
        QFETCH(const qsizetype, size);
        QFETCH(const bool, fin);
        QFETCH(const QList<qsizetype>, frames);
        Session session(Role::Client);
        (void)session.openStream({});
        (void)session.takeOutput();
        session.sendData(1, QByteArray(size, 'x'), fin);

        FrameParser parser;
        QList<qsizetype> sizes;
        QList<bool> fins;
        for (const QByteArray &frame : splitFrames(session.takeOutput())) {
            const ParsedFrame parsed = parser.parse(frame);
            sizes << parsed.body.size();
            fins << parsed.fin;
        }
        QCOMPARE(sizes, frames);
        QCOMPARE(fins.count(true), fin ? 1 : 0);
        QVERIFY(!fin || fins.last());
        session.sendData(1, "after the end");
        QCOMPARE(session.outputSize() == 0, fin);
    }

    void aResetStreamIsForgottenOnBothSides()
    {
        Session session(Role::Client);
        (void)session.openStream({});
        (void)session.openStream({});
        (void)session.takeOutput();
        QCOMPARE(eventsOf(session, rst(1, 5)), QStringList(u"reset 1 status=5"_s));
        session.resetStream(3, ResetStatus::Cancel);
        session.resetStream(3, ResetStatus::Cancel);
        session.resetStream(1, ResetStatus::Cancel);
        QCOMPARE(framesOf(session.takeOutput()), QStringList(u"RST_STREAM 3 status=5"_s));
        QCOMPARE(session.openStreams(), 0);
    }

    void pingsAreEchoedOrMatched()
    {
        for (const Role role : {Role::Client, Role::Server}) {
            const quint32 own = role == Role::Client ? 1 : 2;
            const quint32 foreign = role == Role::Client ? 2 : 1;
            Session session(role);
            QCOMPARE(session.sendPing(), own);
            QCOMPARE(session.sendPing(), own + 2);
            (void)session.takeOutput();

            QCOMPARE(eventsOf(session, ping(foreign) + ping(own + 2) + ping(own) + ping(own) + ping(own + 4)),
                     QStringList({u"pong %1"_s.arg(own + 2), u"pong %1"_s.arg(own)}));
            QCOMPARE(framesOf(session.takeOutput()), QStringList(u"PING %1"_s.arg(foreign)));
        }
    }

    void afterAGoAwayNoStreamIsOpenedButFramesAreRead()
    {
        Session session(Role::Client);
        (void)session.openStream({});
        QVERIFY(session.mayOpenStreams());
        QCOMPARE(eventsOf(session, goAway(1) + dataFrame(1, 1, "rest")),
                 QStringList({u"goaway last=1 status=0"_s, u"data 1 fin 72657374"_s}));
        QVERIFY(!session.mayOpenStreams());
        QCOMPARE(session.openStream({}), 0U);
        (void)session.takeOutput();
        session.sendData(1, "still", true);
        QCOMPARE(framesOf(session.takeOutput()), QStringList(u"DATA 1 fin 7374696c6c"_s));
    }

    void aServerSaysWhichStreamWasTheLastAndTakesNoMore()
    {
        Peer peer;
        Session session(Role::Server);
        (void)eventsOf(session, inOrder({peer.synStream(1), peer.synStream(7)}));
        session.sendGoAway(GoAwayStatus::Ok);
        session.sendGoAway(GoAwayStatus::Ok);
        QCOMPARE(framesOf(session.takeOutput()), QStringList(u"GOAWAY last=7 status=0"_s));
        QCOMPARE(eventsOf(session, inOrder({peer.synStream(9), dataFrame(7, 0, "x")})), QStringList(u"data 7 78"_s));
        QCOMPARE(session.outputSize(), 0);
    }

    void payloadIsAViewIntoTheReceivedBytes()
    {
        Session session(Role::Client);
        (void)session.openStream({});
        const QByteArray wire = dataFrame(1, 0, "payload");
        session.receive(wire);
        const auto event = session.nextEvent();
        QVERIFY(event);
        QCOMPARE(static_cast<const void *>(std::get<DataReceived>(*event).body.data()), wire.constData() + 8);
        QVERIFY(!session.nextEvent());
    }

    void twoSessionsUnderstandEachOther()
    {
        Session client(Role::Client);
        Session server(Role::Server);
        QByteArray toPod;
        QByteArray fromPod;
        for (int round = 0; round < 300; ++round) {
            const quint32 id = client.openStream({{"requestid", QByteArray::number(round)}});
            const QByteArray up(round * 300, char('a' + round % 26));
            client.sendData(id, up, true);
            toPod += client.takeOutput();
            (void)eventsOf(server, toPod, 1000);
            toPod.clear();
            server.sendData(id, up.toUpper(), true);
            fromPod += server.takeOutput();
            const QStringList events = eventsOf(client, fromPod, 999);
            fromPod.clear();
            const QString body = up.isEmpty() ? u"-"_s : QString::fromLatin1(up.toUpper().toHex());
            QCOMPARE(events, QStringList({u"replied %1"_s.arg(id), u"data %1 fin %2"_s.arg(id).arg(body)}));
        }
        QCOMPARE(client.openStreams(), 0);
        QCOMPARE(server.openStreams(), 0);
    }

    void everyErrorHasASentence()
    {
        for (int error = 0; error <= int(FrameError::TooManyStreams); ++error) {
            QVERIFY(describe(FrameError(error)).endsWith(u'.'));
        }
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
