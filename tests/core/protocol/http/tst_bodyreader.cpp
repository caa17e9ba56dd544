#include "core/protocol/http/bodyreader.h"

#include <QTest>

using namespace Fairlead::Http;
using namespace Qt::StringLiterals;

namespace {

using FieldList = QList<std::pair<QByteArray, QByteArray>>;

template <typename Head>
Head withFields(const FieldList &fields)
{
    Head head;
    for (const auto &[name, value] : fields) {
        head.fields.add(name, value);
    }
    return head;
}

ResponseHead answer(const FieldList &fields, int status = 200)
{
    auto head = withFields<ResponseHead>(fields);
    head.status = status;
    return head;
}

/// "complete: body", "open: body" or "broken: body", then what was left over.
QString read(BodyReader reader, const QByteArray &bytes, qsizetype slice, bool close)
{
    qsizetype taken = 0;
    for (qsizetype at = 0; at < bytes.size(); at += slice) {
        taken += reader.feed(QByteArrayView(bytes).sliced(at, std::min(slice, bytes.size() - at)));
    }
    if (close) {
        reader.finish();
    }
    const QString state = reader.isBroken() ? u"broken"_s : reader.isComplete() ? u"complete"_s : u"open"_s;
    const QString rest = reader.isBroken() ? QString() : u" + "_s + QString::fromLatin1(bytes.mid(taken));
    return state + u": "_s + QString::fromLatin1(reader.body()) + rest;
}

} // namespace

class TestBodyReader : public QObject
{
    Q_OBJECT

private slots:
    void answers_data()
    {
        QTest::addColumn<FieldList>("fields");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const FieldList length5 = {{"Content-Length", "5"}};
        const FieldList chunked = {{"Transfer-Encoding", "Chunked"}};

        QTest::newRow("length") << length5 << 403 << "helloXY"_ba << u"complete: hello + XY"_s;
        QTest::newRow("length, cut short") << length5 << 403 << "hel"_ba << u"open: hel + "_s;
        QTest::newRow("length 0") << FieldList{{"content-length", "0"}} << 500 << "XY"_ba << u"complete:  + XY"_s;
        QTest::newRow("the same length twice")
            << FieldList{{"Content-Length", "2"}, {"Content-Length", "2"}} << 200 << "abc"_ba << u"complete: ab + c"_s;
        QTest::newRow("until the end") << FieldList{} << 502 << "<html>"_ba << u"complete: <html> + "_s;
        QTest::newRow("lengths that differ: all that comes")
            << FieldList{{"Content-Length", "2, 3"}} << 200 << "abcd"_ba << u"complete: abcd + "_s;
        QTest::newRow("length that is no number: all that comes")
            << FieldList{{"Content-Length", "-1"}} << 200 << "abcd"_ba << u"complete: abcd + "_s;
        QTest::newRow("length of 20 digits: all that comes")
            << FieldList{{"Content-Length", "99999999999999999999"}} << 200 << "abcd"_ba << u"complete: abcd + "_s;
        QTest::newRow("unknown coding: all that comes")
            << FieldList{{"Transfer-Encoding", "gzip"}} << 200 << "abcd"_ba << u"complete: abcd + "_s;
        QTest::newRow("101 has no body") << length5 << 101 << "abcde"_ba << u"complete:  + abcde"_s;
        QTest::newRow("204 has no body") << length5 << 204 << "abcde"_ba << u"complete:  + abcde"_s;
        QTest::newRow("304 has no body") << FieldList{} << 304 << "abcde"_ba << u"complete:  + abcde"_s;

        QTest::newRow("chunks") << chunked << 404 << "3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\nXY"_ba
                                << u"complete: abc0123456789 + XY"_s;
        QTest::newRow("no chunk") << chunked << 404 << "0\r\n\r\n"_ba << u"complete:  + "_s;
        QTest::newRow("extensions are skipped")
            << chunked << 404 << "1;a=\"b;c\"\r\nx\r\n0;y\r\n\r\n"_ba << u"complete: x + "_s;
        QTest::newRow("trailers are skipped")
            << chunked << 404 << "1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\nXY"_ba << u"complete: x + XY"_s;
        QTest::newRow("bare LF") << chunked << 404 << "1\nx\n0\n\nXY"_ba << u"complete: x + XY"_s;
        QTest::newRow("chunked wins over a length")
            << FieldList{{"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}} << 200 << "2\r\nab\r\n0\r\n\r\n"_ba
            << u"complete: ab + "_s;
        QTest::newRow("chunked after another coding") << FieldList{{"Transfer-Encoding", "gzip, chunked"}} << 200
                                                      << "2\r\nab\r\n0\r\n\r\n"_ba << u"complete: ab + "_s;
        QTest::newRow("chunks, cut short") << chunked << 200 << "5\r\nabc"_ba << u"open: abc + "_s;
        QTest::newRow("chunks without the last") << chunked << 200 << "1\r\na\r\n"_ba << u"open: a + "_s;
        QTest::newRow("size that is no number") << chunked << 200 << "1\r\na\r\nxyz\r\n"_ba << u"broken: a"_s;
        QTest::newRow("size with a sign") << chunked << 200 << "-1\r\na\r\n"_ba << u"broken: "_s;
        QTest::newRow("size with a prefix") << chunked << 200 << "0x1\r\na\r\n"_ba << u"broken: "_s;
        QTest::newRow("empty size") << chunked << 200 << "\r\na\r\n"_ba << u"broken: "_s;
        QTest::newRow("size of 16 digits") << chunked << 200 << "ffffffffffffffff\r\na"_ba << u"broken: "_s;
        QTest::newRow("chunk longer than its size") << chunked << 200 << "1\r\nab\r\n0\r\n\r\n"_ba << u"broken: a"_s;
        QTest::newRow("endless size line") << chunked << 200 << "1;" + QByteArray(9000, 'x') << u"broken: "_s;
        QTest::newRow("endless trailers")
            << chunked << 200 << "0\r\n" + QByteArray("a: b\r\n").repeated(2000) << u"broken: "_s;
    }

    void answers()
    {
        QFETCH(const FieldList, fields);
        QFETCH(const int, status);
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, expected);
        const qsizetype step = bytes.size() > 1000 ? 977 : 1;
        for (qsizetype slice = 1; slice <= bytes.size(); slice += step) {
            QCOMPARE(read(BodyReader(answer(fields, status)), bytes, slice, true), expected);
        }
    }

    void aBodyUntilTheEndIsOpenUntilThen()
    {
        QCOMPARE(read(BodyReader(answer({})), "abc", 2, false), u"open: abc + "_s);
    }

    void requests_data()
    {
        QTest::addColumn<FieldList>("fields");
        QTest::addColumn<QString>("expected");
        QTest::newRow("without a length there is no body") << FieldList{} << u"complete:  + 1\r\na\r\n0\r\n\r\n"_s;
        QTest::newRow("length") << FieldList{{"Content-Length", "4"}} << u"complete: 1\r\na + \r\n0\r\n\r\n"_s;
        QTest::newRow("chunked") << FieldList{{"Transfer-Encoding", "chunked"}} << u"complete: a + "_s;
        QTest::newRow("lengths that differ") << FieldList{{"Content-Length", "4, 5"}} << u"broken: "_s;
        QTest::newRow("unknown coding") << FieldList{{"Transfer-Encoding", "chunked, gzip"}} << u"broken: "_s;
    }

    void requests()
    {
        QFETCH(const FieldList, fields);
        QFETCH(const QString, expected);
        const QByteArray bytes = "1\r\na\r\n0\r\n\r\n";
        for (qsizetype slice = 1; slice <= bytes.size(); ++slice) {
            QCOMPARE(read(BodyReader(withFields<RequestHead>(fields)), bytes, slice, false), expected);
        }
    }

    void whatIsOverTheCapIsReadButNotKept()
    {
        BodyReader reader(answer({{"Content-Length", "1000000"}}), 1000);
        const QByteArray bytes(300, 'x');
        for (int i = 0; i < 3333; ++i) {
            QCOMPARE(reader.feed(bytes), bytes.size());
        }
        QVERIFY(!reader.isComplete());
        QCOMPARE(reader.feed(bytes), 100);
        QVERIFY(reader.isComplete());
        QVERIFY(reader.isTruncated());
        QCOMPARE(reader.body().size(), 1000);
    }
};

QTEST_GUILESS_MAIN(TestBodyReader)
#include "tst_bodyreader.moc"
