#include "core/protocol/http/headparser.h"

#include <QTest>

using namespace Fairlead::Http;
using namespace Qt::StringLiterals;

namespace {

QString spell(const Fields &fields)
{
    QString text;
    for (const auto &[name, value] : fields.all()) {
        text += u" ["_s + QString::fromLatin1(name) + u"="_s + QString::fromLatin1(value) + u"]"_s;
    }
    return text;
}

QString spell(const RequestHead &head)
{
    return u"%1 %2 1.%3"_s.arg(QString::fromLatin1(head.method), QString::fromLatin1(head.target))
               .arg(head.minorVersion)
        + spell(head.fields);
}

QString spell(const ResponseHead &head)
{
    return u"%1 (%2) 1.%3"_s.arg(head.status).arg(QString::fromLatin1(head.reason)).arg(head.minorVersion)
        + spell(head.fields);
}

QString spell(HeadError error)
{
    switch (error) {
    case HeadError::TooLarge:
        return u"too large"_s;
    case HeadError::BadStartLine:
        return u"bad start line"_s;
    case HeadError::BadField:
        return u"bad field"_s;
    case HeadError::BadVersion:
        return u"bad version"_s;
    }
    return {};
}

/// What the parser makes of `bytes` and what it leaves over. After an error only the error counts: how much of the
/// rest has been fed by then depends on the slices.
template <typename Head>
QString read(const QByteArray &bytes, qsizetype slice)
{
    HeadParser<Head> parser;
    for (qsizetype at = 0; at < bytes.size(); at += slice) {
        const auto step = parser.feed(QByteArrayView(bytes).sliced(at, std::min(slice, bytes.size() - at)));
        if (const auto *error = std::get_if<HeadError>(&step)) {
            return spell(*error);
        }
        if (const auto *head = std::get_if<Head>(&step)) {
            const QByteArray rest = parser.takeRest() + bytes.mid(at + slice);
            return spell(*head) + u" + "_s + QString::fromLatin1(rest);
        }
    }
    return u"more"_s;
}

template <typename Head>
void compareInEverySlicing(const QByteArray &bytes, const QString &expected)
{
    for (qsizetype slice = 1; slice <= bytes.size(); ++slice) {
        QCOMPARE(read<Head>(bytes, slice), expected);
    }
}

} // namespace

class TestHeadParser : public QObject
{
    Q_OBJECT

private slots:
    void requests_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no fields") << "GET / HTTP/1.1\r\n\r\n"_ba << u"GET / 1.1 + "_s;
        QTest::newRow("bytes behind the head are left over")
            << "GET / HTTP/1.0\r\nA: b\r\n\r\n\r\nrest"_ba << u"GET / 1.0 [A=b] + \r\nrest"_s;
        QTest::newRow("space around values is dropped")
            << "POST /x?y=%20 HTTP/1.1\r\na: \t b c \t\r\nd:e\r\nf:\r\n\r\n"_ba
            << u"POST /x?y=%20 1.1 [a=b c] [d=e] [f=] + "_s;
        QTest::newRow("lines may end with LF alone")
            << "GET / HTTP/1.1\nA: b\n\nrest"_ba << u"GET / 1.1 [A=b] + rest"_s;
        QTest::newRow("both line ends mixed") << "GET / HTTP/1.1\r\nA: b\n\r\nrest"_ba << u"GET / 1.1 [A=b] + rest"_s;
        QTest::newRow("a continued line is joined with a space")
            << "GET / HTTP/1.1\r\nA: b\r\n  c\r\n\td\r\n\r\n"_ba << u"GET / 1.1 [A=b c d] + "_s;
        QTest::newRow("half a head") << "GET / HTTP/1.1\r\nA: b\r\n"_ba << u"more"_s;
        QTest::newRow("half an empty line") << "GET / HTTP/1.1\r\nA: b\r\n\r"_ba << u"more"_s;

        const QString start = u"bad start line"_s;
        QTest::newRow("no version") << "GET /\r\n\r\n"_ba << start;
        QTest::newRow("no target") << "GET HTTP/1.1\r\n\r\n"_ba << start;
        QTest::newRow("two spaces") << "GET  / HTTP/1.1\r\n\r\n"_ba << start;
        QTest::newRow("space in the target") << "GET /a b HTTP/1.1\r\n\r\n"_ba << start;
        QTest::newRow("empty line first") << "\r\nGET / HTTP/1.1\r\n\r\n"_ba << start;
        QTest::newRow("TLS record") << QByteArray::fromHex("160301020001") << start;
        QTest::newRow("SPDY frame") << QByteArray::fromHex("8003000100") << start;
        QTest::newRow("control character in the target") << "GET /\x01 HTTP/1.1\r\n\r\n"_ba << start;
        QTest::newRow("word instead of a version") << "GET / HTCPCP/1.0\r\n\r\n"_ba << start;
        QTest::newRow("HTTP/2 preface") << "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"_ba << u"bad version"_s;
        QTest::newRow("HTTP/0.9") << "GET / HTTP/0.9\r\n\r\n"_ba << u"bad version"_s;
        QTest::newRow("HTTP/1.10") << "GET / HTTP/1.10\r\n\r\n"_ba << u"bad version"_s;

        const QString field = u"bad field"_s;
        QTest::newRow("space before the colon") << "GET / HTTP/1.1\r\nA : b\r\n\r\n"_ba << field;
        QTest::newRow("no colon") << "GET / HTTP/1.1\r\nAb\r\n\r\n"_ba << field;
        QTest::newRow("no name") << "GET / HTTP/1.1\r\n: b\r\n\r\n"_ba << field;
        QTest::newRow("continued before any field") << "GET / HTTP/1.1\r\n a: b\r\n\r\n"_ba << field;
        QTest::newRow("CR inside a value") << "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n"_ba << field;
        QTest::newRow("NUL inside a value") << QByteArray("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", 26) << field;
        QTest::newRow("NUL inside a name") << QByteArray("GET / HTTP/1.1\r\nA\0: b\r\n\r\n", 25) << field;
    }

    void requests()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, expected);
        compareInEverySlicing<RequestHead>(bytes, expected);
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("an upgrade with SPDY behind it")
            << "HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\n\r\nSPDY"_ba
            << u"101 (Switching Protocols) 1.1 [Upgrade=SPDY/3.1] + SPDY"_s;
        QTest::newRow("no reason") << "HTTP/1.1 200 \r\n\r\n"_ba << u"200 () 1.1 + "_s;
        QTest::newRow("no space before the missing reason") << "HTTP/1.0 503\r\n\r\n"_ba << u"503 () 1.0 + "_s;
        QTest::newRow("Latin-1 in the reason") << "HTTP/1.1 404 \xe9\r\n\r\n"_ba << u"404 (\u00e9) 1.1 + "_s;

        const QString start = u"bad start line"_s;
        QTest::newRow("SSH banner") << "SSH-2.0-OpenSSH_9.2\r\n"_ba << start;
        QTest::newRow("TLS alert") << QByteArray::fromHex("15030100020246") << start;
        QTest::newRow("a request") << "GET / HTTP/1.1\r\n\r\n"_ba << start;
        QTest::newRow("two digits") << "HTTP/1.1 20 OK\r\n\r\n"_ba << start;
        QTest::newRow("four digits") << "HTTP/1.1 2000 OK\r\n\r\n"_ba << start;
        QTest::newRow("no digits") << "HTTP/1.1 abc OK\r\n\r\n"_ba << start;
        QTest::newRow("status below 100") << "HTTP/1.1 099 OK\r\n\r\n"_ba << start;
        QTest::newRow("no status") << "HTTP/1.1\r\n\r\n"_ba << start;
        QTest::newRow("HTTP/2 in words") << "HTTP/2 200\r\n\r\n"_ba << u"bad version"_s;
        QTest::newRow("field without a colon") << "HTTP/1.1 200 OK\r\nx\r\n\r\n"_ba << u"bad field"_s;
    }

    void answers()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, expected);
        compareInEverySlicing<ResponseHead>(bytes, expected);
    }

    void aHeadOfTheLimitPassesAndOneByteMoreDoesNot()
    {
        const QByteArray start = "GET / HTTP/1.1\r\nA: ";
        const QByteArray fits = start + QByteArray(MaxHeadBytes - start.size() - 4, 'x') + "\r\n\r\n";
        QCOMPARE(fits.size(), MaxHeadBytes);
        const QByteArray tooLarge = start + QByteArray(MaxHeadBytes - start.size() - 3, 'x') + "\r\n\r\n";
        for (const qsizetype slice : {qsizetype(1), qsizetype(1000), qsizetype(1 << 20)}) {
            QVERIFY(read<RequestHead>(fits, slice).startsWith("GET / 1.1 [A=xx"_L1));
            QCOMPARE(read<RequestHead>(tooLarge, slice), u"too large"_s);
            QCOMPARE(read<RequestHead>(start + QByteArray(MaxHeadBytes, 'x'), slice), u"too large"_s);
        }
    }

    void anErrorIsFinalAndTakeRestBeginsAnew()
    {
        RequestParser parser;
        QVERIFY(std::holds_alternative<HeadError>(parser.feed("\x16")));
        QVERIFY(std::holds_alternative<HeadError>(parser.feed("GET / HTTP/1.1\r\n\r\n")));
        QVERIFY(parser.takeRest().startsWith("\x16"));
        QVERIFY(std::holds_alternative<RequestHead>(parser.feed("GET / HTTP/1.1\r\n\r\nbo")));
        QVERIFY(std::holds_alternative<NeedMoreData>(parser.feed("dy")));
        QCOMPARE(parser.takeRest(), "body"_ba);
        QVERIFY(std::holds_alternative<RequestHead>(parser.feed("PUT / HTTP/1.1\r\n\r\n")));
    }

    void whatWeWriteWeCanRead()
    {
        RequestHead head;
        head.method = "GET";
        head.target = "/api?watch=1";
        head.fields.add("Authorization", "Bearer a.b-c_d");
        head.fields.add("X", "");
        compareInEverySlicing<RequestHead>(encode(head), spell(head) + u" + "_s);
    }
};

QTEST_GUILESS_MAIN(TestHeadParser)
#include "tst_headparser.moc"
