#include "tests/core/protocol/spdy/vectors.h"

#include <QTest>

using namespace Fairlead::Spdy;
using namespace Fairlead::Spdy::Test;
using namespace Qt::StringLiterals;

namespace {

/// Frames that one side sent without hearing anything in between.
struct Burst {
    bool fromClient;
    QList<ParsedFrame> frames;
    QByteArray wire;
};

QList<Burst> burstsOf(const QJsonObject &conversation)
{
    FrameParser client;
    FrameParser server;
    QList<Burst> bursts;
    for (const QJsonValue &step : conversation["steps"_L1].toArray()) {
        const QByteArray wire = bytesOf(step["wire"_L1]);
        if (wire.isEmpty()) {
            continue; // the HTTP heads and the end of the connection are not SPDY
        }
        const bool fromClient = step["from"_L1].toString() == "client"_L1;
        if (bursts.isEmpty() || bursts.last().fromClient != fromClient) {
            bursts.append({fromClient, {}, {}});
        }
        const ParsedFrame frame = (fromClient ? client : server).parse(wire);
        if (frame.text != step["means"_L1].toString()) {
            qFatal("the recorded frame is misread");
        }
        bursts.last().frames << frame;
        bursts.last().wire += wire;
    }
    return bursts;
}

/// What a side that receives this frame tells its owner; nothing of what it answers by itself.
QString expectedEvent(const ParsedFrame &frame, Role receiver)
{
    if (!frame.control) {
        return frame.text.toLower();
    }
    switch (*frame.control) {
    case FrameType::SynStream:
        return frame.text.toLower().replace("syn_stream"_L1, "opened"_L1).replace(" assoc=0 priority=0"_L1, ""_L1);
    case FrameType::SynReply:
        return u"replied %1"_s.arg(frame.stream);
    case FrameType::RstStream:
        return u"reset %1 status=%2"_s.arg(frame.stream).arg(frame.number);
    case FrameType::Ping:
        return receiver == Role::Client ? u"pong %1"_s.arg(frame.number) : QString();
    case FrameType::GoAway:
        return frame.text.toLower();
    default:
        return u"unexpected"_s;
    }
}

/// Payload of one stream in a row is one event, however many frames it had.
QStringList expectedEvents(const Burst &burst, Role receiver)
{
    QStringList events;
    for (ParsedFrame frame : burst.frames) {
        const bool isMore =
            !frame.control && !events.isEmpty() && events.last().startsWith(u"data %1 "_s.arg(frame.stream));
        if (isMore) {
            const QByteArray before = QByteArray::fromHex(events.takeLast().section(u' ', 2).toLatin1());
            frame.text = u"DATA %1%2 %3"_s.arg(frame.stream)
                             .arg(frame.fin ? u" fin"_s : QString())
                             .arg(QString::fromLatin1((before + frame.body).toHex()));
        }
        const QString event = expectedEvent(frame, receiver);
        if (!event.isEmpty()) {
            events << event;
        }
    }
    return events;
}

/// Does to our session what the recorded side must have done to send this frame.
void act(Session &session, const ParsedFrame &frame, Role role)
{
    if (!frame.control) {
        session.sendData(frame.stream, frame.body, frame.fin);
        return;
    }
    switch (*frame.control) {
    case FrameType::SynStream:
        QCOMPARE(session.openStream(frame.headers, frame.fin), frame.stream);
        break;
    case FrameType::SynReply:
        session.replyToStream(frame.stream);
        break;
    case FrameType::RstStream:
        session.resetStream(frame.stream, ResetStatus(frame.number));
        break;
    case FrameType::Ping:
        if (role == Role::Client) {
            QCOMPARE(session.sendPing(), frame.number); // a server echoes by itself
        }
        break;
    case FrameType::GoAway:
        session.sendGoAway(GoAwayStatus(frame.number));
        break;
    default:
        QFAIL("a frame that we never send");
    }
}

} // namespace

class TestConversations : public QObject
{
    Q_OBJECT

private slots:
    void weCouldHaveBeenEitherSide_data()
    {
        QTest::addColumn<QJsonObject>("conversation");
        QTest::addColumn<Role>("role");
        const QJsonArray all = vectors()["conversations"_L1].toArray();
        QCOMPARE(all.size(), 7);
        for (const QJsonValue &conversation : all) {
            const QByteArray name = conversation["name"_L1].toString().toUtf8();
            QTest::addRow("%s, as the client", name.data()) << conversation.toObject() << Role::Client;
            QTest::addRow("%s, as the server", name.data()) << conversation.toObject() << Role::Server;
        }
    }

    void weCouldHaveBeenEitherSide()
    {
        QFETCH(const QJsonObject, conversation);
        QFETCH(const Role, role);
        const QList<Burst> bursts = burstsOf(conversation);
        qsizetype longest = 0;
        for (const Burst &burst : bursts) {
            longest = std::max(longest, burst.wire.size());
        }
        for (qsizetype slice = 1; slice <= longest; ++slice) {
            replay(bursts, role, slice);
            if (QTest::currentTestFailed()) {
                qWarning("in slices of %lld bytes", qint64(slice));
                return;
            }
        }
    }

    void aWholeDirectionMayComeAtOnce_data()
    {
        QTest::addColumn<QJsonObject>("conversation");
        for (const QJsonValue &conversation : vectors()["conversations"_L1].toArray()) {
            QTest::newRow(conversation["name"_L1].toString().toUtf8().data()) << conversation.toObject();
        }
    }

    void aWholeDirectionMayComeAtOnce()
    {
        QFETCH(const QJsonObject, conversation);
        QByteArray wire;
        QList<ParsedFrame> frames;
        for (const Burst &burst : burstsOf(conversation)) {
            if (burst.fromClient) {
                wire += burst.wire;
                frames += burst.frames;
            }
        }
        const QStringList expected = expectedEvents({true, frames, wire}, Role::Server);
        for (qsizetype slice = 1; slice <= wire.size(); ++slice) {
            Session server(Role::Server);
            QCOMPARE(eventsOf(server, wire, slice), expected);
            QVERIFY(!server.hasFailed());
        }
    }

private:
    /// Plays the other side's frames to a session of ours and does what our side did; what our session sends must
    /// be what was recorded, byte for byte but for compressed blocks, where zlib has a choice.
    static void replay(const QList<Burst> &bursts, Role role, qsizetype slice)
    {
        Session session(role);
        FrameParser parser;
        QList<ParsedFrame> recorded;
        QList<ParsedFrame> sent;
        for (const Burst &burst : bursts) {
            if (burst.fromClient != (role == Role::Client)) {
                QCOMPARE(eventsOf(session, burst.wire, slice), expectedEvents(burst, role));
                continue;
            }
            for (const ParsedFrame &frame : burst.frames) {
                act(session, frame, role);
            }
            recorded += burst.frames;
            for (const QByteArray &frame : splitFrames(session.takeOutput())) {
                sent << parser.parse(frame);
            }
        }
        QVERIFY(!session.hasFailed());
        QCOMPARE(session.outputSize(), 0);
        QCOMPARE(sent.size(), recorded.size());
        for (qsizetype i = 0; i < sent.size(); ++i) {
            QCOMPARE(sent[i].text, recorded[i].text);
            QCOMPARE(sent[i].plain, recorded[i].plain);
            if (recorded[i].plain.isEmpty()) {
                QCOMPARE(sent[i].wire.toHex(), recorded[i].wire.toHex());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestConversations)
#include "tst_conversations.moc"
