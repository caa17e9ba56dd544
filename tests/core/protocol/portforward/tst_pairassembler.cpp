#include "core/protocol/portforward/pairassembler.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::PortForward;
using namespace Qt::StringLiterals;

namespace {

Spdy::StreamOpened opened(quint32 stream, const QByteArray &type, const QByteArray &port, const QByteArray &request)
{
    Spdy::Headers headers = {{StreamTypeHeader, type}, {PortHeader, port}};
    if (!request.isNull()) {
        headers.append({RequestIdHeader, request});
    }
    return {stream, headers, false};
}

QString spell(const PairAssembler::Answer &answer)
{
    struct Speller {
        QString operator()(const PairAssembler::Rejected &) const { return u"rejected"_s; }
        QString operator()(const PairAssembler::Accepted &) const { return u"accepted"_s; }
        QString operator()(const PairAssembler::Completed &a) const
        {
            return u"pair %1/%2 port %3 request %4"_s.arg(a.pair.errorStream)
                .arg(a.pair.dataStream)
                .arg(a.pair.port)
                .arg(QString::fromLatin1(a.pair.requestId));
        }
        QString operator()(const PairAssembler::Duplicate &a) const
        {
            return u"on %1: %2"_s.arg(a.errorStream).arg(a.text);
        }
    };
    return std::visit(Speller(), answer);
}

} // namespace

class TestPairAssembler : public QObject
{
    Q_OBJECT

private slots:
    void badStreamsAreRejected_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("port");
        QTest::addColumn<QString>("answer");
        const QByteArray data = "data";
        QTest::newRow("lowest port") << data << "1"_ba << u"accepted"_s;
        QTest::newRow("highest port") << data << "65535"_ba << u"accepted"_s;
        QTest::newRow("leading zeros") << data << "0080"_ba << u"accepted"_s;
        QTest::newRow("port 0") << data << "0"_ba << u"rejected"_s;
        QTest::newRow("port 65536") << data << "65536"_ba << u"rejected"_s;
        QTest::newRow("port 70000") << data << "70000"_ba << u"rejected"_s;
        QTest::newRow("no port") << data << QByteArray() << u"rejected"_s;
        QTest::newRow("negative port") << data << "-80"_ba << u"rejected"_s;
        QTest::newRow("port with a plus") << data << "+80"_ba << u"rejected"_s;
        QTest::newRow("port with a space") << data << " 80"_ba << u"rejected"_s;
        QTest::newRow("port in hex") << data << "0x50"_ba << u"rejected"_s;
        QTest::newRow("port by name") << data << "http"_ba << u"rejected"_s;
        QTest::newRow("unknown type") << "foo"_ba
                                      << "80"_ba << u"rejected"_s;
        QTest::newRow("no type") << QByteArray() << "80"_ba << u"rejected"_s;
        QTest::newRow("type in capitals") << "Data"_ba
                                          << "80"_ba << u"rejected"_s;
    }

    void badStreamsAreRejected()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, port);
        QFETCH(const QString, answer);
        PairAssembler pairs;
        QCOMPARE(spell(pairs.streamOpened(opened(1, type, port, "0"), 0)), answer);
        QCOMPARE(pairs.pendingPairs(), answer == "accepted"_L1 ? 1 : 0);
    }

    void errorThenData()
    {
        PairAssembler pairs;
        QCOMPARE(spell(pairs.streamOpened(opened(1, "error", "80", "7"), 0)), u"accepted"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(3, "data", "80", "7"), 0)), u"pair 1/3 port 80 request 7"_s);
        QCOMPARE(pairs.pendingPairs(), 0);
        QVERIFY(!pairs.nextDeadlineMs());
    }

    void dataFirstAndTheDataStreamsPortCounts()
    {
        PairAssembler pairs;
        QCOMPARE(spell(pairs.streamOpened(opened(1, "data", "81", "a"), 0)), u"accepted"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(3, "error", "80", "a"), 0)), u"pair 3/1 port 81 request a"_s);
    }

    void pairsMayInterleave()
    {
        PairAssembler pairs;
        QCOMPARE(spell(pairs.streamOpened(opened(1, "error", "80", "0"), 0)), u"accepted"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(3, "error", "81", "1"), 0)), u"accepted"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(5, "data", "81", "1"), 0)), u"pair 3/5 port 81 request 1"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(7, "data", "80", "0"), 0)), u"pair 1/7 port 80 request 0"_s);
    }

    void anIdMayBeUsedAgainAfterItsPair()
    {
        PairAssembler pairs;
        for (quint32 id = 1; id < 20; id += 4) {
            QCOMPARE(spell(pairs.streamOpened(opened(id, "error", "80", "0"), 0)), u"accepted"_s);
            QVERIFY(spell(pairs.streamOpened(opened(id + 2, "data", "80", "0"), 0)).startsWith("pair"_L1));
        }
    }

    void withoutRequestIdTheStreamIdsDecide()
    {
        PairAssembler pairs;
        QCOMPARE(spell(pairs.streamOpened(opened(5, "error", "80", {}), 0)), u"accepted"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(3, "data", "80", {}), 0)), u"accepted"_s); // belongs to 1
        QCOMPARE(spell(pairs.streamOpened(opened(7, "data", "80", {}), 0)), u"pair 5/7 port 80 request 5"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(1, "error", "80", {}), 0)), u"pair 1/3 port 80 request 1"_s);
    }

    void aSecondStreamOfATypeIsReportedOnTheFirst()
    {
        PairAssembler pairs;
        (void)pairs.streamOpened(opened(1, "error", "80", "0"), 0);
        QCOMPARE(spell(pairs.streamOpened(opened(3, "error", "80", "0"), 0)),
                 u"on 1: error processing stream for request 0: error stream already assigned"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(5, "data", "80", "0"), 0)), u"pair 1/5 port 80 request 0"_s);

        (void)pairs.streamOpened(opened(7, "data", "80", "x%1"), 0);
        QCOMPARE(spell(pairs.streamOpened(opened(9, "data", "80", "x%1"), 0)),
                 u"on 0: error processing stream for request x%1: data stream already assigned"_s);
    }

    void halfAPairTimesOut()
    {
        PairAssembler pairs;
        (void)pairs.streamOpened(opened(1, "error", "80", "0"), 1000);
        (void)pairs.streamOpened(opened(3, "data", "80", "1"), 2000);
        QCOMPARE(pairs.nextDeadlineMs(), std::optional<qint64>(31'000));
        QVERIFY(pairs.takeExpired(30'999).isEmpty());

        const QList<PairAssembler::TimedOut> first = pairs.takeExpired(31'000);
        QCOMPARE(first.size(), 1);
        QCOMPARE(first[0].errorStream, 1U);
        QCOMPARE(first[0].dataStream, 0U);
        QCOMPARE(first[0].text, u"(request=0) timed out waiting for streams"_s);

        const QList<PairAssembler::TimedOut> second = pairs.takeExpired(100'000);
        QCOMPARE(second.size(), 1);
        QCOMPARE(second[0].errorStream, 0U); // nowhere to say it
        QCOMPARE(second[0].dataStream, 3U);
        QVERIFY(!pairs.nextDeadlineMs());
    }

    void aLatePartnerBeginsANewWait()
    {
        PairAssembler pairs(500);
        (void)pairs.streamOpened(opened(1, "error", "80", "0"), 0);
        QCOMPARE(pairs.takeExpired(500).size(), 1);
        QCOMPARE(spell(pairs.streamOpened(opened(3, "data", "80", "0"), 600)), u"accepted"_s);
        QCOMPARE(pairs.nextDeadlineMs(), std::optional<qint64>(1100));
        QCOMPARE(spell(pairs.streamOpened(opened(5, "error", "80", "0"), 700)), u"pair 5/3 port 80 request 0"_s);
    }

    void theSecondStreamDoesNotMoveTheDeadline()
    {
        PairAssembler pairs(500);
        (void)pairs.streamOpened(opened(1, "error", "80", "0"), 0);
        (void)pairs.streamOpened(opened(3, "error", "80", "0"), 400);
        QCOMPARE(pairs.nextDeadlineMs(), std::optional<qint64>(500));
    }

    void aStreamThatIsGoneIsNotPaired()
    {
        PairAssembler pairs;
        (void)pairs.streamOpened(opened(1, "error", "80", "0"), 0);
        pairs.streamGone(99);
        QCOMPARE(pairs.pendingPairs(), 1);
        pairs.streamGone(1);
        QCOMPARE(pairs.pendingPairs(), 0);
        QCOMPARE(spell(pairs.streamOpened(opened(3, "data", "80", "0"), 0)), u"accepted"_s);
    }

    void noMoreThanTheLimitMayWait()
    {
        PairAssembler pairs;
        for (quint32 i = 0; i < PairAssembler::MaxPending; ++i) {
            const auto answer = pairs.streamOpened(opened(1 + 2 * i, "error", "80", QByteArray::number(i)), 0);
            QCOMPARE(spell(answer), u"accepted"_s);
        }
        QCOMPARE(spell(pairs.streamOpened(opened(5001, "error", "80", "one more"), 0)), u"rejected"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(5003, "data", "80", "0"), 0)), u"pair 1/5003 port 80 request 0"_s);
        QCOMPARE(spell(pairs.streamOpened(opened(5005, "error", "80", "one more"), 0)), u"accepted"_s);
    }

    void whatWeOpenAsAClientIsAPair()
    {
        PairAssembler pairs;
        (void)pairs.streamOpened({1, streamHeaders(StreamType::Error, 8443, "12"), true}, 0);
        QCOMPARE(spell(pairs.streamOpened({3, streamHeaders(StreamType::Data, 8443, "12"), false}, 0)),
                 u"pair 1/3 port 8443 request 12"_s);
    }
};

QTEST_GUILESS_MAIN(TestPairAssembler)
#include "tst_pairassembler.moc"
