#include "core/protocol/http/message.h"

#include <QTest>

using namespace Fairlead::Http;
using namespace Qt::StringLiterals;

class TestMessage : public QObject
{
    Q_OBJECT

private slots:
    void namesAreComparedWithoutCase()
    {
        Fields fields;
        fields.add("Content-Type", "text/plain");
        fields.add("content-type", "second");

        QCOMPARE(fields.value("CONTENT-TYPE"), "text/plain"_ba);
        QVERIFY(fields.contains("content-Type"));
        QVERIFY(!fields.contains("Content"));
        QCOMPARE(fields.value("absent"), QByteArray());
        QCOMPARE(fields.all().size(), 2);
    }

    void listsAreTakenApart()
    {
        Fields fields;
        fields.add("Connection", "keep-alive , Upgrade,, ");
        fields.add("connection", "x");

        QCOMPARE(fields.tokens("Connection"), QList<QByteArray>({"keep-alive", "Upgrade", "x"}));
        QVERIFY(fields.hasToken("connection", "UPGRADE"));
        QVERIFY(!fields.hasToken("connection", "Up"));
    }

    void headsAreWrittenInTheOrderOfTheirFields()
    {
        RequestHead request;
        request.method = "POST";
        request.target = "/a?b=c";
        request.fields.add("Host", "h:1");
        request.fields.add("X-Empty", "");
        QCOMPARE(encode(request), "POST /a?b=c HTTP/1.1\r\nHost: h:1\r\nX-Empty: \r\n\r\n"_ba);

        ResponseHead response;
        response.status = 101;
        response.reason = "Switching Protocols";
        response.fields.add("Upgrade", "SPDY/3.1");
        QCOMPARE(encode(response), "HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\n\r\n"_ba);
    }

    void whatCouldForgeALineIsNotWritten_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        const QByteArray ok = "x";
        QTest::newRow("CRLF in a value") << ok << ok << ok << "a\r\nEvil: 1"_ba;
        QTest::newRow("CR in a value") << ok << ok << ok << "a\rb"_ba;
        QTest::newRow("LF in a value") << ok << ok << ok << "a\nb"_ba;
        QTest::newRow("NUL in a value") << ok << ok << ok << QByteArray("a\0b", 3);
        QTest::newRow("colon in a name") << ok << ok << "a:b"_ba << ok;
        QTest::newRow("space in a name") << ok << ok << "a b"_ba << ok;
        QTest::newRow("line break in a name") << ok << ok << "a\nb"_ba << ok;
        QTest::newRow("empty name") << ok << ok << QByteArray() << ok;
        QTest::newRow("space in the target") << ok << "/a b"_ba << ok << ok;
        QTest::newRow("line break in the target") << ok << "/a\r\nb"_ba << ok << ok;
        QTest::newRow("empty target") << ok << QByteArray() << ok << ok;
        QTest::newRow("space in the method") << "GE T"_ba << ok << ok << ok;
        QTest::newRow("empty method") << QByteArray() << ok << ok << ok;
    }

    void whatCouldForgeALineIsNotWritten()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, target);
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, value);
        RequestHead head;
        head.method = method;
        head.target = target;
        head.fields.add(name, value);

        QCOMPARE(encode(head), QByteArray());
    }

    void answersRefuseTheSame()
    {
        ResponseHead head;
        head.status = 200;
        head.reason = "O\r\nK";
        QCOMPARE(encode(head), QByteArray());
        head.reason = "OK";
        QVERIFY(!encode(head).isEmpty());
        head.status = 20;
        QCOMPARE(encode(head), QByteArray());
        head.status = 1000;
        QCOMPARE(encode(head), QByteArray());
    }

    void everyErrorHasASentence()
    {
        for (const HeadError error :
             {HeadError::TooLarge, HeadError::BadStartLine, HeadError::BadField, HeadError::BadVersion}) {
            QVERIFY(describe(error).endsWith(u'.'));
        }
    }
};

QTEST_GUILESS_MAIN(TestMessage)
#include "tst_message.moc"
