#include "core/protocol/websocket/framedecoder.h"
#include "core/protocol/websocket/frameencoder.h"
#include "core/protocol/websocket/mask.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::WebSocket;

Q_DECLARE_METATYPE(Role)
Q_DECLARE_METATYPE(FrameError)

namespace {

constexpr MaskKey Key{0x37, char(0xfa), 0x21, 0x3d}; // RFC 6455 section 5.7

/// What came out of `wire`, fed in pieces of `slice` bytes: payload as hex, control frames as "9:hex", errors as "!n".
/// Runs of payload are joined, since slicing cuts them.
QString decode(const QByteArray &wire, Role role, qsizetype slice)
{
    FrameDecoder decoder(role);
    QString log;
    const auto note = [&log](const FrameDecoder::Step &step) {
        if (const auto *payload = std::get_if<FrameDecoder::Payload>(&step))
            log += QString::fromLatin1(payload->bytes.toByteArray().toHex());
        else if (const auto *control = std::get_if<FrameDecoder::Control>(&step))
            log += u"[%1:%2]"_s.arg(int(control->opcode)).arg(QString::fromLatin1(control->payload.toHex()));
        else if (const auto *error = std::get_if<FrameError>(&step))
            log += u"!%1"_s.arg(int(*error));
        return !std::holds_alternative<FrameDecoder::NeedMore>(step) && !std::holds_alternative<FrameError>(step);
    };
    for (qsizetype at = 0; at < wire.size() && !log.contains(u'!'); at += slice) {
        QByteArray piece = wire.mid(at, slice);
        decoder.feed(piece.data(), piece.size());
        while (note(decoder.next())) { }
    }
    return log;
}

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

} // namespace

/// Frames of RFC 6455 in every slicing, both roles, good ones and bad ones.
class TestFrameDecoder : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<Role>("reader");
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<QString>("log");
        const auto server = [](const char *name, const QByteArray &wire, const QString &log) {
            QTest::addRow("%s", name) << Role::Client << wire << log;
        };
        const auto client = [](const char *name, const QByteArray &wire, const QString &log) {
            QTest::addRow("%s", name) << Role::Server << wire << log;
        };
        server("a binary message", hex("8203 616263"), u"616263"_s);
        server("an empty message is nothing", hex("8200 8201 61"), u"61"_s);
        server("fragments are one pipe", hex("0201 61  0001 62  8001 63"), u"616263"_s);
        server("a ping between fragments", hex("0201 61  8902 7878  8001 62"), u"61[9:7878]62"_s);
        server("a close frame", hex("8802 03e8"), u"[8:03e8]"_s);
        server("a pong that nobody asked for", hex("8a00"), u"[10:]"_s);
        server("a length of 16 bits", hex("827e 0080") + QByteArray(128, 'a'),
               QString(128, u'6').replace(u'6', "61"_L1));
        server("a ping of 125 bytes", hex("897d") + QByteArray(125, 0), u"[9:"_s + QString(250, u'0') + u']');
        client("a masked message (RFC 6455 section 5.7)", hex("8285 37fa213d 7f9f4d5158"), u"48656c6c6f"_s);
        client("a SPDY ping of kubectl's kind", hex("828c 37fa213d b7f9213b 37fa2139 37fa213c"),
               u"800300060000000400000001"_s);
        client("a masked ping", hex("8985 37fa213d 7f9f4d5158"), u"[9:48656c6c6f]"_s);
        client("a masked frame without payload", hex("8280 01020304 8281 00000000 61"), u"61"_s);
    }

    void reads()
    {
        QFETCH(const Role, reader);
        QFETCH(const QByteArray, wire);
        QFETCH(const QString, log);
        for (qsizetype slice = 1; slice <= wire.size(); ++slice)
            QCOMPARE(decode(wire, reader, slice), log);
    }

    void refuses_data()
    {
        QTest::addColumn<Role>("reader");
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<FrameError>("error");
        const auto server = [](const char *name, const char *wire, FrameError error) {
            QTest::addRow("%s", name) << Role::Client << hex(wire) << error;
        };
        const auto client = [](const char *name, const char *wire, FrameError error) {
            QTest::addRow("%s", name) << Role::Server << hex(wire) << error;
        };
        server("RSV1 (compression that nobody agreed on)", "c201 61", FrameError::ReservedBits);
        server("RSV2", "a201 61", FrameError::ReservedBits);
        server("RSV3", "9201 61", FrameError::ReservedBits);
        server("opcode 3", "8301 61", FrameError::UnknownOpcode);
        server("opcode 11", "8b00", FrameError::UnknownOpcode);
        server("a masked frame from a server", "8281 01020304 60", FrameError::Masked);
        client("an unmasked frame from a client", "8201 61", FrameError::NotMasked);
        client("an unmasked ping from a client", "8900", FrameError::NotMasked);
        server("a ping of 126 bytes, header only", "897e 007e", FrameError::ControlTooLong);
        server("a close frame of 2^62 bytes", "887f 4000000000000000", FrameError::ControlTooLong);
        server("a ping in fragments", "0901 61", FrameError::ControlFragmented);
        server("16 bits for 125 bytes", "827e 007d", FrameError::LengthNotShortest);
        server("64 bits for 65535 bytes", "827f 000000000000ffff", FrameError::LengthNotShortest);
        server("a length with its 64th bit set", "827f 8000000000000000", FrameError::LengthTooLarge);
        server("a continuation of nothing", "8001 61", FrameError::NothingToContinue);
        server("a continuation of a message that has ended", "8201 61 8001 62", FrameError::NothingToContinue);
        server("a message inside another one", "0201 61 8201 62", FrameError::MessageInsideMessage);
        server("a text message", "8101 61", FrameError::TextMessage);
    }

    void refuses()
    {
        QFETCH(const Role, reader);
        QFETCH(const QByteArray, wire);
        QFETCH(const FrameError, error);
        for (qsizetype slice = 1; slice <= wire.size(); ++slice)
            QVERIFY(decode(wire, reader, slice).endsWith(u"!%1"_s.arg(int(error))));
        FrameDecoder decoder(reader);
        QByteArray bytes = wire;
        decoder.feed(bytes.data(), bytes.size());
        while (!std::holds_alternative<FrameError>(decoder.next())) { }
        QVERIFY2(std::holds_alternative<FrameError>(decoder.next()), "an error is final");
        QVERIFY(!describe(error).isEmpty());
    }

    /// As long as a length can say: nothing is stored, so nothing has to be refused.
    void aFrameOfAnyLengthIsToldAsItComes()
    {
        FrameDecoder decoder(Role::Client);
        QByteArray header = hex("827f 7fffffffffffffff");
        decoder.feed(header.data(), header.size());
        QVERIFY(std::holds_alternative<FrameDecoder::NeedMore>(decoder.next()));
        for (int i = 0; i < 1000; ++i) {
            QByteArray piece(4096, char(i));
            decoder.feed(piece.data(), piece.size());
            const auto step = decoder.next();
            const auto *payload = std::get_if<FrameDecoder::Payload>(&step);
            QVERIFY(payload && payload->bytes.size() == piece.size());
            QCOMPARE(static_cast<const void *>(payload->bytes.data()), static_cast<const void *>(piece.constData()));
            QVERIFY(std::holds_alternative<FrameDecoder::NeedMore>(decoder.next()));
        }
    }

    void theRecordedTunnelIsRead()
    {
        QFile file(QStringLiteral(FAIRLEAD_TEST_DATA "/websocket-tunnel.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray frames = QJsonDocument::fromJson(file.readAll()).object()["frames"_L1].toArray();
        QVERIFY(frames.size() > 40);
        for (const auto &[from, reader] :
             {std::pair(u"client"_s, Role::Server), std::pair(u"server"_s, Role::Client)}) {
            QByteArray wire;
            QString log;
            for (const QJsonValue &frame : frames) {
                if (frame["from"_L1].toString() != from)
                    continue;
                const QString payload = frame["payload"_L1].toString();
                const int opcode = frame["opcode"_L1].toInt();
                wire += QByteArray::fromHex(frame["wire"_L1].toString().toLatin1());
                log += opcode == 2 ? payload : u"[%1:%2]"_s.arg(opcode).arg(payload);
            }
            for (const qsizetype slice : {qsizetype(1), qsizetype(2), qsizetype(3), qsizetype(7), wire.size()})
                QCOMPARE(decode(wire, reader, slice), log);
        }
    }

    void whatIsWrittenIsRead_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (const qsizetype size : {0, 1, 3, 31, 32, 33, 63, 64, 65, 125, 126, 127, 65535, 65536, 65537, 300'001})
            QTest::addRow("%lld bytes", qlonglong(size)) << size;
    }

    void whatIsWrittenIsRead()
    {
        QFETCH(const qsizetype, size);
        QByteArray payload(size, Qt::Uninitialized);
        for (qsizetype i = 0; i < size; ++i)
            payload[i] = char(i * 7 + i / 251);
        for (const std::optional<MaskKey> &key : {std::optional<MaskKey>(), std::optional(Key)}) {
            const QByteArray wire = encodeFrame(Opcode::Binary, payload, key);
            const qsizetype header = (size < 126 ? 2 : size < 65536 ? 4 : 10) + (key ? 4 : 0);
            QCOMPARE(wire.size(), header + size);
            const Role reader = key ? Role::Server : Role::Client;
            for (const qsizetype slice : {qsizetype(1), qsizetype(5), qsizetype(4097), wire.size()}) {
                if (slice < 10 && size > 1000)
                    continue;
                QCOMPARE(decode(wire, reader, slice), QString::fromLatin1(payload.toHex()));
            }
        }
    }

    /// Byte by byte as the RFC says it, against the one that goes by words: each length, start and phase.
    void maskingIsTheSameAtEachOffset()
    {
        QByteArray bytes(80, Qt::Uninitialized);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = char(i * 31);
        for (qsizetype start = 0; start < 9; ++start) {
            for (qsizetype size = 0; start + size <= bytes.size(); ++size) {
                for (quint64 phase = 0; phase < 5; ++phase) {
                    const QByteArrayView part = QByteArrayView(bytes).sliced(start, size);
                    QByteArray expected;
                    for (qsizetype i = 0; i < size; ++i)
                        expected += char(part[i] ^ Key[(phase + quint64(i)) % 4]);
                    QByteArray apart(size, Qt::Uninitialized);
                    applyMask(apart.data(), part, Key, phase);
                    QCOMPARE(apart, expected);
                    QByteArray inPlace = part.toByteArray();
                    applyMask(inPlace.data(), inPlace, Key, phase);
                    QCOMPARE(inPlace, expected);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFrameDecoder)
#include "tst_framedecoder.moc"
