#include "core/protocol/portforward/clientpair.h"
#include "core/protocol/portforward/errortext.h"
#include "core/protocol/portforward/streamheaders.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::PortForward;

namespace {

/// A pair on a client session, joined to a server session by memory; time is moved by hand. Steps are words, so that
/// a row reads as what happens.
class Script final
{
public:
    Script()
        : m_client(Spdy::Role::Client)
        , m_server(Spdy::Role::Server)
        , m_pair(m_client, 8080, "7",
                 PairTimes{.reply = 30'000, .halfCloseQuiet = 10'000, .endGrace = 300, .errorText = 2'000})
    {
    }

    [[nodiscard]] bool open(QByteArrayView first = {}) { return m_pair.open(first, m_now) && toServer(); }

    void play(const QString &steps)
    {
        for (const QString &step : steps.split(u' ', Qt::SkipEmptyParts))
            playOne(step);
    }

    QByteArray delivered;
    QByteArray seenByPod;
    bool endOfData = false;
    bool finished = false;
    bool finAtPod = false;
    QList<quint32> resetAtPod;
    QList<Spdy::Headers> opened;
    QList<bool> openedWithFin;
    [[nodiscard]] ClientPair &pair() { return m_pair; }
    /// Our side still waits for the end of that stream.
    [[nodiscard]] bool awaitsError() const { return m_client.isKnown(Error); }
    [[nodiscard]] bool awaitsData() const { return m_client.isKnown(Data); }

private:
    static constexpr quint32 Error = 1;
    static constexpr quint32 Data = 3;

    void playOne(const QString &step)
    {
        const QString word = step.section(u':', 0, 0);
        const QByteArray argument = step.section(u':', 1).toUtf8();
        if (word == "reply"_L1) {
            m_server.replyToStream(Data);
            m_server.replyToStream(Error);
        } else if (word == "replyData"_L1) {
            m_server.replyToStream(Data);
        } else if (word == "data"_L1) {
            m_server.sendData(Data, argument);
        } else if (word == "dataFin"_L1) {
            m_server.sendData(Data, {}, true);
        } else if (word == "dataReset"_L1) {
            m_server.resetStream(Data, Spdy::ResetStatus::Cancel);
        } else if (word == "text"_L1) {
            m_server.sendData(Error, argument);
        } else if (word == "errorFin"_L1) {
            m_server.sendData(Error, {}, true);
        } else if (word == "errorReset"_L1) {
            m_server.resetStream(Error, Spdy::ResetStatus::Cancel);
        } else if (word == "send"_L1) {
            m_pair.sendData(argument);
        } else if (word == "end"_L1) {
            apply(m_pair.programEnded(false, m_now));
        } else if (word == "closed"_L1) {
            apply(m_pair.programEnded(true, m_now));
        } else if (word == "gone"_L1) {
            apply(m_pair.programGone());
        } else if (word == "lost"_L1) {
            apply(m_pair.tunnelLost(u"cut"_s));
        } else if (word == "wait"_L1) {
            m_now += argument.toInt();
            apply(m_pair.tick(m_now));
        } else {
            qFatal("unknown step %s", qPrintable(step));
        }
        toServer();
        toClient();
        toServer();
    }

    bool toServer()
    {
        const QByteArray bytes = m_client.takeOutput();
        m_server.receive(bytes);
        while (const auto event = m_server.nextEvent()) {
            if (const auto *stream = std::get_if<Spdy::StreamOpened>(&*event)) {
                opened.append(stream->headers);
                openedWithFin.append(stream->fin);
            } else if (const auto *data = std::get_if<Spdy::DataReceived>(&*event)) {
                seenByPod.append(data->body);
                finAtPod = finAtPod || data->fin;
            } else if (const auto *reset = std::get_if<Spdy::StreamReset>(&*event)) {
                resetAtPod.append(reset->stream);
            }
        }
        return true;
    }

    void toClient()
    {
        const QByteArray bytes = m_server.takeOutput();
        m_client.receive(bytes);
        while (const auto event = m_client.nextEvent())
            apply(m_pair.handle(*event, m_now));
    }

    void apply(const PairStep &step)
    {
        // Nothing may follow an end, and no data the end of data.
        QVERIFY(!finished || (step.payload.isEmpty() && !step.endOfData && !step.finished));
        QVERIFY(!endOfData || step.payload.isEmpty());
        delivered.append(step.payload);
        endOfData = endOfData || step.endOfData;
        finished = finished || step.finished;
    }

    qint64 m_now = 1'000'000;
    Spdy::Session m_client;
    Spdy::Session m_server;
    ClientPair m_pair;
};

} // namespace

Q_DECLARE_METATYPE(std::optional<PairEnd>)

class TestClientPair : public QObject
{
    Q_OBJECT

private slots:
    void opensBothStreamsAndTheFirstDataInOneGo()
    {
        Script script;
        QVERIFY(script.open("first"));
        QCOMPARE(script.opened,
                 (QList<Spdy::Headers>{streamHeaders(StreamType::Error, 8080, "7"),
                                       streamHeaders(StreamType::Data, 8080, "7")}));
        QCOMPARE(script.openedWithFin, (QList<bool>{true, false}));
        QCOMPARE(script.seenByPod, "first"_ba);
    }

    void refusesToOpenAfterGoAway()
    {
        Spdy::Session client(Spdy::Role::Client);
        Spdy::Session server(Spdy::Role::Server);
        server.sendGoAway(Spdy::GoAwayStatus::Ok);
        const QByteArray bytes = server.takeOutput();
        client.receive(bytes);
        while (client.nextEvent()) { }
        ClientPair pair(client, 80, "0", {});
        QVERIFY(!pair.open({}, 0));
    }

    void ends_data()
    {
        QTest::addColumn<QString>("steps");
        QTest::addColumn<std::optional<PairEnd>>("end");
        QTest::addColumn<QByteArray>("delivered");
        QTest::addColumn<bool>("endOfData");
        QTest::addColumn<bool>("finAtPod");
        QTest::addColumn<bool>("resetAtPod");
        const auto add = [](const char *name, const QString &steps, std::optional<PairEnd> end, const QByteArray &data,
                            bool endOfData, bool fin, bool reset) {
            QTest::addRow("%s", name) << steps << end << data << endOfData << fin << reset;
        };
        using enum PairEnd;
        constexpr auto Running = std::nullopt;
        add("pod ends in order", u"reply data:a dataFin errorFin"_s, ByPod, "a", true, true, false);
        add("error stream's end first", u"reply errorFin data:a dataFin"_s, ByPod, "a", true, true, false);
        add("error stream's end alone is no end", u"reply errorFin data:a wait:60000"_s, Running, "a", false, false,
            false);
        add("end of data is held for the error stream", u"reply dataFin wait:299"_s, Running, "", false, false, false);
        add("and told when nothing comes", u"reply dataFin wait:300"_s, Running, "", true, false, false);
        add("the program may go on then", u"reply dataFin wait:300 send:x wait:99999"_s, Running, "", true, false,
            false);
        add("until it ends, which is passed on at once", u"reply dataFin wait:300 end"_s, Running, "", true, true,
            false);
        add("and the node has two seconds to finish", u"reply dataFin wait:300 end wait:2000"_s, ByPod, "", true, true,
            false);
        add("program's end is held", u"reply data:a end wait:9999"_s, Running, "a", false, false, false);
        add("and sent when the pod is quiet", u"reply data:a end wait:10000"_s, Running, "a", false, true, false);
        add("data prolong the hold", u"reply end wait:9000 data:a wait:9999"_s, Running, "a", false, false, false);
        add("and then end it", u"reply end wait:9000 data:a wait:10000"_s, Running, "a", false, true, false);
        add("a program that closed needs no hold", u"reply closed"_s, Running, "", false, true, false);
        add("answer after the program's end", u"reply end data:answer dataFin errorFin"_s, ByProgram, "answer", true,
            true, false);
        add("cut one second after our FIN", u"reply end wait:10000 wait:1000 dataFin errorFin"_s, CutAfterEnd, "", true,
            true, false);
        add("an end long after our FIN is no cut", u"reply end wait:10000 wait:5000 dataFin errorFin"_s, ByProgram, "",
            true, true, false);
        add("a program that closed cannot be cut", u"reply closed wait:1000 dataFin errorFin"_s, ByProgram, "", true,
            true, false);
        add("words, old node", u"reply dataFin text:no errorFin"_s, ErrorText, "", false, false, true);
        add("words, new node", u"reply dataFin text:no errorReset"_s, ErrorText, "", false, false, true);
        add("words in pieces", u"reply text:a wait:1999 text:b wait:1999 errorFin dataFin"_s, ErrorText, "", false,
            false, true);
        add("words without an end", u"reply dataFin text:no wait:2000"_s, ErrorText, "", false, false, true);
        add("words after data", u"reply data:a text:no errorFin data:b wait:299 data:c dataFin"_s, ErrorText, "abc",
            false, false, true);
        add("words, data never end", u"reply text:no errorFin wait:300"_s, ErrorText, "", false, false, true);
        add("words before a reply", u"text:no errorFin wait:300"_s, ErrorText, "", false, false, true);
        add("data reset", u"reply data:a dataReset wait:300"_s, PodReset, "a", false, false, false);
        add("data reset, then words", u"reply dataReset text:no errorFin"_s, ErrorText, "", false, false, false);
        add("error reset without words", u"reply data:a errorReset dataFin"_s, PodReset, "a", false, false, true);
        add("reset instead of reply", u"dataReset"_s, Rejected, "", false, false, false);
        add("error stream reset instead of reply", u"replyData errorReset"_s, Rejected, "", false, false, true);
        add("no reply", u"wait:29999"_s, Running, "", false, false, false);
        add("no reply in time", u"wait:30000"_s, NoReply, "", false, false, true);
        add("only one reply in time", u"replyData wait:30000"_s, NoReply, "", false, false, true);
        add("program gone", u"reply data:a gone"_s, ProgramGone, "a", false, false, true);
        add("tunnel lost", u"reply data:a lost"_s, TunnelLost, "a", false, false, false);
        add("tunnel lost after the end of data", u"reply data:a dataFin lost"_s, ByPod, "a", true, true, false);
        add("tunnel lost after words", u"reply text:no lost"_s, ErrorText, "", false, false, true);
        add("tunnel lost after a reset", u"reply dataReset lost"_s, PodReset, "", false, false, false);
    }

    void ends()
    {
        QFETCH(const QString, steps);
        QFETCH(const std::optional<PairEnd>, end);
        QFETCH(const QByteArray, delivered);
        QFETCH(const bool, endOfData);
        QFETCH(const bool, finAtPod);
        QFETCH(const bool, resetAtPod);
        Script script;
        QVERIFY(script.open());

        script.play(steps);

        QCOMPARE(script.pair().end(), end);
        QCOMPARE(script.finished, end.has_value());
        QCOMPARE(script.delivered, delivered);
        QCOMPARE(script.endOfData, endOfData);
        QCOMPARE(script.finAtPod, finAtPod);
        QCOMPARE(script.resetAtPod.contains(3), resetAtPod);
        if (end)
            QVERIFY(!script.pair().deadline());
    }

    void remains_data()
    {
        QTest::addColumn<QString>("steps");
        QTest::addColumn<bool>("awaitsError");
        QTest::addColumn<bool>("resetsError");
        QTest::addRow("program gone: the node tells when it is done") << u"reply data:a gone"_s << true << false;
        QTest::addRow("program gone, the node is done") << u"reply data:a gone errorFin"_s << false << false;
        QTest::addRow("data reset by the pod") << u"reply dataReset wait:300"_s << true << false;
        QTest::addRow("no reply: no sign can be expected") << u"wait:30000"_s << false << true;
        QTest::addRow("words without an end") << u"reply dataFin text:no wait:2000"_s << false << true;
        QTest::addRow("both ended") << u"reply closed dataFin errorFin"_s << false << false;
    }

    /// What the session still knows after a pair's end tells when another may follow.
    void remains()
    {
        QFETCH(const QString, steps);
        QFETCH(const bool, awaitsError);
        QFETCH(const bool, resetsError);
        Script script;
        QVERIFY(script.open());
        script.play(steps);
        QVERIFY(script.finished);
        QVERIFY(!script.awaitsData());
        QCOMPARE(script.awaitsError(), awaitsError);
        QCOMPARE(script.resetAtPod.contains(1), resetsError);
    }

    void programsDataStopAtItsEnd()
    {
        Script script;
        QVERIFY(script.open());
        script.play(u"reply send:a send:b closed send:c"_s);
        QCOMPARE(script.seenByPod, "ab"_ba);
        QVERIFY(script.finAtPod);
    }

    void textIsCappedAndDecodedLeniently()
    {
        Script script;
        QVERIFY(script.open());
        script.play(u"reply text:"_s + QString(20'000, u'x') + u" errorFin dataFin"_s);
        QCOMPARE(script.pair().text().size(), MaxErrorText);
    }

    void settlesOnlyWhenBothSidesAreDone()
    {
        Script script;
        QVERIFY(script.open());
        script.play(u"reply end data:a dataFin"_s);
        QVERIFY(!script.pair().isSettled());
        script.play(u"errorFin"_s);
        QVERIFY(script.pair().isSettled());
        QVERIFY(script.pair().isOrderly());
    }
};

QTEST_GUILESS_MAIN(TestClientPair)
#include "tst_clientpair.moc"
