#include "core/protocol/spdy/frameencoder.h"
#include "tests/core/protocol/spdy/vectors.h"

#include <QTest>

using namespace Fairlead::Spdy;
using namespace Fairlead::Spdy::Test;
using namespace Qt::StringLiterals;

class TestFrameDecoder : public QObject
{
    Q_OBJECT

private slots:
    void recordedFramesAreRead_data()
    {
        QTest::addColumn<QJsonArray>("frames");
        int count = 0;
        for (const QJsonValue &group : vectors()["frameGroups"_L1].toArray()) {
            const QJsonArray frames = group["frames"_L1].toArray();
            count += int(frames.size());
            QTest::newRow(group["name"_L1].toString().toUtf8().data()) << frames;
        }
        QCOMPARE(count, 32);
    }

    void recordedFramesAreRead()
    {
        QFETCH(const QJsonArray, frames);
        qsizetype longest = 0;
        for (const QJsonValue &frame : frames) {
            longest = std::max(longest, bytesOf(frame["wire"_L1]).size());
        }
        for (qsizetype slice = 1; slice <= longest; ++slice) {
            FrameParser parser;
            for (const QJsonValue &frame : frames) {
                const ParsedFrame parsed = parser.parse(bytesOf(frame["wire"_L1]), slice);
                QVERIFY2(parsed.text == frame["means"_L1].toString(), qPrintable(frame["rule"_L1].toString()));
                QCOMPARE(parsed.plain.toHex(), frame["plain"_L1].toString().toLatin1());
            }
        }
    }

    void badHeadsAreRefusedBeforeTheirBody_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<FrameError>("error");
        const auto row = [](const char *name, const char *hex, FrameError error) {
            QTest::newRow(name) << QByteArray::fromHex(hex) << error;
        };
        row("type 0", "80030000 00000000", FrameError::UnknownControlFrame);
        row("type 5, NOOP", "80030005 00000000", FrameError::UnknownControlFrame);
        row("type 10, CREDENTIAL", "8003000a 00000000", FrameError::UnknownControlFrame);
        row("type 65535", "8003ffff 00000000", FrameError::UnknownControlFrame);
        row("type 257, which ends like SYN_STREAM", "80030101 00000010", FrameError::UnknownControlFrame);
        row("DATA on stream 0", "00000000 00000001", FrameError::StreamZero);
        row("SYN_STREAM of 2^24-1", "80030001 00ffffff", FrameError::ControlFrameTooBig);
        row("SYN_REPLY of the limit + 1", "80030002 00010001", FrameError::ControlFrameTooBig);
        row("PING of 2^24-1", "80030006 00ffffff", FrameError::ControlFrameTooBig);
        row("SYN_STREAM of nine bytes", "80030001 00000009", FrameError::WrongLength);
        row("SYN_REPLY of three bytes", "80030002 00000003", FrameError::WrongLength);
        row("HEADERS of three bytes", "80030008 00000003", FrameError::WrongLength);
        row("RST_STREAM of four bytes", "80030003 00000004", FrameError::WrongLength);
        row("RST_STREAM of nine bytes", "80030003 00000009", FrameError::WrongLength);
        row("SETTINGS of three bytes", "80030004 00000003", FrameError::WrongLength);
        row("SETTINGS with half an entry", "80030004 00000008", FrameError::WrongLength);
        row("PING of five bytes", "80030006 00000005", FrameError::WrongLength);
        row("empty PING", "80030006 00000000", FrameError::WrongLength);
        row("GOAWAY of four bytes", "80030007 00000004", FrameError::WrongLength);
        row("WINDOW_UPDATE of four bytes", "80030009 00000004", FrameError::WrongLength);
        row("RST_STREAM with a flag", "80030003 01000008", FrameError::WrongFlags);
        row("PING with a flag", "80030006 01000004", FrameError::WrongFlags);
        row("GOAWAY with a flag", "80030007 80000008", FrameError::WrongFlags);
        row("WINDOW_UPDATE with a flag", "80030009 02000008", FrameError::WrongFlags);
    }

    void badHeadsAreRefusedBeforeTheirBody()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const FrameError, error);
        for (qsizetype slice = 1; slice <= head.size(); ++slice) {
            FrameDecoder decoder(64 * 1024);
            for (qsizetype at = 0; at < head.size(); at += slice) {
                decoder.feed(QByteArrayView(head).sliced(at, std::min(slice, head.size() - at)));
                const auto step = decoder.next();
                const bool isWhole = at + slice >= head.size();
                QCOMPARE(std::holds_alternative<FrameError>(step), isWhole);
                QVERIFY(!isWhole || std::get<FrameError>(step) == error);
            }
            decoder.feed("\x80\x03\x00\x06");
            QVERIFY2(std::holds_alternative<FrameError>(decoder.next()), "an error is final");
        }
    }

    void aControlFrameOfTheLimitPasses()
    {
        const QByteArray frame = controlFrame(1, 0, QByteArray(1000, 'x'));
        for (const qsizetype slice : {qsizetype(1), qsizetype(7), qsizetype(1007), qsizetype(2000)}) {
            FrameDecoder decoder(1000);
            int frames = 0;
            for (qsizetype at = 0; at < frame.size(); at += slice) {
                decoder.feed(QByteArrayView(frame).sliced(at, std::min(slice, frame.size() - at)));
                for (auto step = decoder.next(); !std::holds_alternative<NeedMoreData>(step); step = decoder.next()) {
                    QVERIFY(std::holds_alternative<ControlFrame>(step));
                    QCOMPARE(std::get<ControlFrame>(step).body, QByteArray(1000, 'x'));
                    ++frames;
                }
            }
            QCOMPARE(frames, 1);
        }
    }

    void payloadIsAViewIntoTheInput()
    {
        const QByteArray input = dataFrame(1, 0, "hello") + dataFrame(3, 1, "world");
        FrameDecoder decoder(100);
        decoder.feed(input);
        const auto first = decoder.next();
        const auto second = decoder.next();
        QCOMPARE(static_cast<const void *>(std::get<DataPiece>(first).body.data()), input.constData() + 8);
        QCOMPARE(static_cast<const void *>(std::get<DataPiece>(second).body.data()), input.constData() + 21);
        QVERIFY(std::holds_alternative<NeedMoreData>(decoder.next()));
    }

    void theLargestDataFrameIsPassedOnAsItComes()
    {
        constexpr qsizetype Largest = (1 << 24) - 1;
        const QByteArray part(100'000, 'x');
        FrameDecoder decoder(100);
        const QByteArray head = QByteArray::fromHex("0000000101ffffff");
        decoder.feed(head);
        QVERIFY(std::holds_alternative<NeedMoreData>(decoder.next()));
        qsizetype left = Largest;
        while (left > 0) {
            const qsizetype size = std::min(left, part.size());
            decoder.feed(QByteArrayView(part).first(size));
            const auto step = decoder.next();
            left -= size;
            QCOMPARE(std::get<DataPiece>(step).body.size(), size);
            QCOMPARE(std::get<DataPiece>(step).fin, left == 0);
            QVERIFY(std::holds_alternative<NeedMoreData>(decoder.next()));
        }
    }

    void whatWeWriteWeCanRead()
    {
        QByteArray out;
        FrameEncoder encoder(out);
        encoder.rstStream(0x7fffffff, ResetStatus::FrameTooLarge);
        encoder.ping(0xfffffffe);
        encoder.goAway(7, GoAwayStatus::InternalError);
        encoder.data(5, "abc", false);
        encoder.data(5, {}, true);
        encoder.data(7, QByteArray(70'000, 'x'), true);
        const QList<QByteArray> frames = splitFrames(out);
        const QStringList expected = {u"RST_STREAM 2147483647 status=11"_s,
                                      u"PING 4294967294"_s,
                                      u"GOAWAY last=7 status=2"_s,
                                      u"DATA 5 616263"_s,
                                      u"DATA 5 fin -"_s,
                                      u"DATA 7 fin "_s + u"78"_s.repeated(70'000)};
        QCOMPARE(frames.size(), expected.size());
        FrameParser parser;
        for (qsizetype i = 0; i < frames.size(); ++i) {
            QCOMPARE(parser.parse(frames[i], 1000).text, expected[i]);
        }
    }
};

QTEST_GUILESS_MAIN(TestFrameDecoder)
#include "tst_framedecoder.moc"
