#include "core/protocol/spdy/dictionary.h"
#include "core/protocol/spdy/headercompressor.h"
#include "tests/core/protocol/spdy/vectors.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTest>

#include <zlib.h>

using namespace Fairlead::Spdy;
using namespace Fairlead::Spdy::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr Limits Defaults;

Headers headersOf(const QJsonValue &list)
{
    Headers headers;
    for (const QJsonValue &pair : list.toArray()) {
        headers.append({pair[0].toString().toUtf8(), pair[1].toString().toUtf8()});
    }
    return headers;
}

QByteArray field(const QByteArray &text)
{
    return word(quint32(text.size())) + text;
}

/// What another implementation might write: any level, window and kind of flush.
class OtherCompressor
{
public:
    OtherCompressor(int level, int windowBits, QByteArrayView dictionary = headerDictionary())
    {
        deflateInit2(&m_z, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
        if (!dictionary.isEmpty()) {
            deflateSetDictionary(&m_z, reinterpret_cast<const Bytef *>(dictionary.data()), uInt(dictionary.size()));
        }
    }
    ~OtherCompressor() { deflateEnd(&m_z); }
    Q_DISABLE_COPY(OtherCompressor)

    QByteArray compress(const QByteArray &plain, int flush = Z_SYNC_FLUSH)
    {
        QByteArray out(qsizetype(deflateBound(&m_z, uLong(plain.size())) + 100), '\0');
        m_z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
        m_z.avail_in = uInt(plain.size());
        m_z.next_out = reinterpret_cast<Bytef *>(out.data());
        m_z.avail_out = uInt(out.size());
        deflate(&m_z, flush);
        out.chop(qsizetype(m_z.avail_out));
        return out;
    }

private:
    z_stream m_z = {};
};

const QByteArray SomePlain = encodeHeaderBlock({{"streamtype", "data"}, {"port", "8080"}, {"requestid", "0"}});

} // namespace

class TestHeaders : public QObject
{
    Q_OBJECT

private slots:
    void theDictionaryIsTheOneThatPeersHave()
    {
        const QJsonObject expected = vectors()["dictionary"_L1].toObject();
        const QByteArray words = headerDictionary().toByteArray();
        const auto *bytes = reinterpret_cast<const Bytef *>(words.data());
        QCOMPARE(words.size(), expected["length"_L1].toInteger());
        QCOMPARE(quint32(adler32(1, bytes, uInt(words.size()))), expected["adler32"_L1].toString().toUInt(nullptr, 16));
        QCOMPARE(quint32(crc32(0, bytes, uInt(words.size()))), expected["crc32"_L1].toString().toUInt(nullptr, 16));
        QCOMPARE(QCryptographicHash::hash(words, QCryptographicHash::Sha256), bytesOf(expected["sha256"_L1]));
    }

    void recordedBlocksAreRead_data()
    {
        QTest::addColumn<QJsonArray>("blocks");
        for (const QJsonValue &stream : vectors()["headerBlocks"_L1].toArray()) {
            QTest::newRow(stream["name"_L1].toString().toUtf8().data()) << stream["blocks"_L1].toArray();
        }
    }

    void recordedBlocksAreRead()
    {
        QFETCH(const QJsonArray, blocks);
        QVERIFY(!blocks.isEmpty());
        HeaderDecompressor decompressor(largestPlainBlock(Defaults));
        for (const QJsonValue &block : blocks) {
            const Headers headers = headersOf(block["headers"_L1]);
            const auto plain = decompressor.decompress(bytesOf(block["compressed"_L1]));
            QVERIFY(plain);
            QCOMPARE(plain.value(), encodeHeaderBlock(headers));
            if (block.toObject().contains("plain"_L1)) {
                QCOMPARE(plain.value(), bytesOf(block["plain"_L1]));
            }
            const auto decoded = decodeHeaderBlock(plain.value(), BlockKind::Request, Defaults);
            QVERIFY(decoded);
            QCOMPARE(decoded.value(), headers);
        }
    }

    void ourBlocksBeginWithTheDictionarysSumAndEndWithAFlush()
    {
        HeaderCompressor compressor;
        const QByteArray first = compressor.compress(SomePlain);
        const QByteArray second = compressor.compress(SomePlain);
        QCOMPARE(first.mid(2, 4).toHex(), "e3c6a7c2"_ba);
        QVERIFY(first.endsWith(QByteArray::fromHex("0000ffff")));
        QVERIFY(second.endsWith(QByteArray::fromHex("0000ffff")));
        QVERIFY2(second.size() < first.size(), "blocks of a direction share their history");
    }

    void whatWeCompressComesBack()
    {
        HeaderCompressor compressor;
        HeaderDecompressor decompressor(largestPlainBlock(Defaults));
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            Headers headers;
            for (int i = 0; i < round % 65; ++i) {
                QByteArray value(random.bounded(round == 64 ? 4096 : 100), Qt::Uninitialized);
                for (char &c : value) {
                    c = char(random.bounded(256));
                }
                headers.append({"n" + QByteArray::number(i), value});
            }
            const QByteArray plain = encodeHeaderBlock(headers);
            const auto back = decompressor.decompress(compressor.compress(plain));
            QVERIFY(back);
            QCOMPARE(back.value(), plain);
            const auto decoded = decodeHeaderBlock(back.value(), BlockKind::Request, Defaults);
            QVERIFY(decoded);
            QCOMPARE(decoded.value(), headers);
        }
    }

    void everyLevelAndWindowIsRead_data()
    {
        QTest::addColumn<int>("level");
        QTest::addColumn<int>("windowBits");
        QTest::addColumn<int>("flush");
        for (const int level : {0, 1, 6, 9}) {
            QTest::addRow("level %d", level) << level << 15 << Z_SYNC_FLUSH;
        }
        for (int bits = 9; bits < 15; ++bits) {
            QTest::addRow("window of %d bits", bits) << 9 << bits << Z_SYNC_FLUSH;
        }
        QTest::addRow("full flush") << 9 << 15 << Z_FULL_FLUSH;
    }

    void everyLevelAndWindowIsRead()
    {
        QFETCH(const int, level);
        QFETCH(const int, windowBits);
        QFETCH(const int, flush);
        OtherCompressor other(level, windowBits);
        HeaderDecompressor decompressor(largestPlainBlock(Defaults));
        for (int i = 0; i < 20; ++i) {
            const QByteArray plain = encodeHeaderBlock({{"port", QByteArray::number(i)}, {"streamtype", "error"}});
            const auto back = decompressor.decompress(other.compress(plain, flush));
            QVERIFY(back);
            QCOMPARE(back.value(), plain);
        }
    }

    void brokenCompressionIsFinal_data()
    {
        QTest::addColumn<QByteArray>("block");
        OtherCompressor finished(9, 15);
        OtherCompressor foreign(9, 15, "another dictionary");
        QByteArray damaged = OtherCompressor(9, 15).compress(SomePlain);
        damaged[6] = '\x07'; // the reserved kind of block
        QTest::newRow("no zlib at all") << "hello, world"_ba;
        QTest::newRow("a finished stream") << finished.compress(SomePlain, Z_FINISH);
        QTest::newRow("another dictionary") << foreign.compress(SomePlain);
        QTest::newRow("a block of a kind that does not exist") << damaged;
        QTest::newRow("gzip") << QByteArray::fromHex("1f8b08000000000000034b04000000ffff");
    }

    void brokenCompressionIsFinal()
    {
        QFETCH(const QByteArray, block);
        HeaderDecompressor decompressor(largestPlainBlock(Defaults));
        const auto result = decompressor.decompress(block);
        QVERIFY(!result);
        QCOMPARE(result.error(), FrameError::BadCompression);
        QVERIFY(!decompressor.decompress(OtherCompressor(9, 15).compress(SomePlain)));
    }

    void aBombIsNotInflated()
    {
        const QByteArray bomb = OtherCompressor(9, 15).compress(QByteArray(60 * 1024 * 1024, '\0'));
        QVERIFY(bomb.size() < qsizetype(Defaults.controlFrameBytes));
        HeaderDecompressor decompressor(1000);
        const auto result = decompressor.decompress(bomb);
        QVERIFY(!result);
        QCOMPARE(result.error(), FrameError::BadHeaderBlock);
        QVERIFY2(!decompressor.decompress({}), "the rest of the bomb must not come out later");
    }

    void aPlainBlockOfTheLimitPasses()
    {
        OtherCompressor other(9, 15);
        HeaderDecompressor decompressor(5000);
        QVERIFY(decompressor.decompress(other.compress(QByteArray(5000, 'x'))));
        QVERIFY(!decompressor.decompress(other.compress(QByteArray(5001, 'x'))));
    }

    void badBlocksAreRefused_data()
    {
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<FrameError>("error");
        const FrameError bad = FrameError::BadHeaderBlock;
        const QByteArray one = word(1);
        const QByteArray value = field("v");
        QTest::newRow("empty") << QByteArray() << bad;
        QTest::newRow("half a count") << "\0\0\0"_ba << bad;
        QTest::newRow("count without headers") << one << bad;
        QTest::newRow("one header short") << word(2) + field("a") + value << bad;
        QTest::newRow("bytes left over") << one + field("a") + value + "x" << bad;
        QTest::newRow("name cut short") << one + word(5) + "a" << bad;
        QTest::newRow("value cut short") << one + field("a") + word(5) + "v" << bad;
        QTest::newRow("no value") << one + field("a") << bad;
        QTest::newRow("length of 4 GiB") << one + word(0xffffffff) + "a" << bad;
        QTest::newRow("count of 4 billion") << word(0xffffffff) << bad;
        QTest::newRow("65 headers") << encodeHeaderBlock(Headers(65, {"a", "v"})) << bad;
        QTest::newRow("name over the limit") << one + field(QByteArray(4097, 'a')) + value << bad;
        QTest::newRow("value over the limit") << one + field("a") + field(QByteArray(4097, 'v')) << bad;
        QTest::newRow("empty name") << one + field("") + value << bad;
        QTest::newRow("capital in a name") << one + field("streamType") + value << bad;
        for (const char *name : {"connection", "host", "keep-alive", "proxy-connection", "transfer-encoding"}) {
            QTest::newRow(name) << one + field(name) + value << FrameError::ForbiddenHeader;
        }
    }

    void badBlocksAreRefused()
    {
        QFETCH(const QByteArray, plain);
        QFETCH(const FrameError, error);
        const auto result = decodeHeaderBlock(plain, BlockKind::Request, Defaults);
        QVERIFY(!result);
        QCOMPARE(result.error(), error);
    }

    void whatTheLimitsAllowIsTaken()
    {
        const QByteArray large(4096, 'x');
        Headers headers(64, {large, large});
        const auto result = decodeHeaderBlock(encodeHeaderBlock(headers), BlockKind::Request, Defaults);
        QVERIFY(result);
        QCOMPARE(result.value(), headers);
        QCOMPARE(encodeHeaderBlock(headers).size(), largestPlainBlock(Defaults));
    }

    void anAnswerMayNameAHost()
    {
        const QByteArray plain = encodeHeaderBlock({{"host", "h"}});
        QVERIFY(decodeHeaderBlock(plain, BlockKind::Answer, Defaults));
        QVERIFY(!decodeHeaderBlock(encodeHeaderBlock({{"connection", "x"}}), BlockKind::Answer, Defaults));
    }

    void sameNameTwiceIsKeptAndTheFirstIsFound()
    {
        const Headers headers = {{"a", "1"}, {"a", "2"}};
        const auto result = decodeHeaderBlock(encodeHeaderBlock(headers), BlockKind::Request, Defaults);
        QVERIFY(result);
        QCOMPARE(result.value(), headers);
        QCOMPARE(headerValue(result.value(), "a"), "1"_ba);
        QCOMPARE(headerValue(result.value(), "b"), QByteArray());
    }

    void namesAreWrittenInLowerCase()
    {
        QCOMPARE(encodeHeaderBlock({{"StreamType", "Data"}}), encodeHeaderBlock({{"streamtype", "Data"}}));
    }
};

QTEST_GUILESS_MAIN(TestHeaders)
#include "tst_headers.moc"
