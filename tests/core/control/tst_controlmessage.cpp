#include "core/control/message.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Control;
using namespace Qt::StringLiterals;

class TestControlMessage : public QObject
{
    Q_OBJECT

private slots:
    void aRequestComesThrough()
    {
        const Request sent{7, u"up"_s, {{u"profile"_s, u"Team Ä\n"_s}}};
        const QByteArray line = lineOf(sent);
        QCOMPARE(line.count('\n'), 1); // a line is a line, whatever is in it

        const auto read = readRequest(line);

        QVERIFY(read.hasValue());
        QCOMPARE(read->id, QJsonValue(7));
        QCOMPARE(read->method, sent.method);
        QCOMPARE(read->params, sent.params);
    }

    void whatIsNoRequestIsSaidSo_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QJsonValue>("id");
        const QByteArray deep =
            "{\"id\":1,\"method\":\"a\",\"params\":" + QByteArray(30'000, '[') + QByteArray(30'000, ']') + '}';

        QTest::addRow("not JSON") << QByteArray("status") << QJsonValue();
        QTest::addRow("half of it") << QByteArray("{\"id\":1") << QJsonValue();
        QTest::addRow("not an object") << QByteArray("[1]") << QJsonValue();
        QTest::addRow("bytes that are no text") << QByteArray("\xff\xfe\x00", 3) << QJsonValue();
        QTest::addRow("no id") << QByteArray("{\"method\":\"a\"}") << QJsonValue();
        QTest::addRow("the id is a list") << QByteArray("{\"id\":[],\"method\":\"a\"}") << QJsonValue();
        QTest::addRow("no method") << QByteArray("{\"id\":\"x\"}") << QJsonValue(u"x"_s);
        QTest::addRow("the method is a number") << QByteArray("{\"id\":2,\"method\":3}") << QJsonValue(2);
        QTest::addRow("params are a list") << QByteArray("{\"id\":2,\"method\":\"a\",\"params\":[]}") << QJsonValue(2);
        QTest::addRow("nested without end") << deep << QJsonValue();
    }

    void whatIsNoRequestIsSaidSo()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QJsonValue, id);

        const auto read = readRequest(line);

        QVERIFY(!read.hasValue());
        QCOMPARE(read.error().id, id);
        QCOMPARE(read.error().error.code, ErrorCode::BadRequest);
        QVERIFY(!read.error().error.text.isEmpty());
    }

    void anAnswerComesThrough()
    {
        const auto read = readServerMessage(lineOf(Reply{u"a"_s, {{u"pid"_s, 1}}}));
        QVERIFY(read && std::holds_alternative<Reply>(*read));
        QCOMPARE(std::get<Reply>(*read).id, QJsonValue(u"a"_s));
        QCOMPARE(std::get<Reply>(*read).result.value(u"pid"_s), QJsonValue(1));
        QVERIFY(!std::get<Reply>(*read).error);
    }

    void anErrorComesThrough_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("word");
        QTest::addRow("bad request") << ErrorCode::BadRequest << QByteArray("bad-request");
        QTest::addRow("unknown method") << ErrorCode::UnknownMethod << QByteArray("unknown-method");
        QTest::addRow("bad params") << ErrorCode::BadParams << QByteArray("bad-params");
        QTest::addRow("not found") << ErrorCode::NotFound << QByteArray("not-found");
        QTest::addRow("no window") << ErrorCode::NoWindow << QByteArray("no-window");
        QTest::addRow("too many") << ErrorCode::TooMany << QByteArray("too-many");
        QTest::addRow("failed") << ErrorCode::Failed << QByteArray("failed");
    }

    void anErrorComesThrough()
    {
        QFETCH(const ErrorCode, code);
        QFETCH(const QByteArray, word);
        const QByteArray line = lineOf(Reply{1, {}, Error{code, u"Because."_s}});
        QVERIFY2(line.contains('"' + word + '"'), line.constData());

        const auto read = readServerMessage(line);

        const Reply reply = std::get<Reply>(read.value());
        QCOMPARE(reply.error.value().code, code);
        QCOMPARE(reply.error.value().text, u"Because."_s);
    }

    void anErrorOfANewerEngineIsAFailure()
    {
        const auto read = readServerMessage("{\"id\":1,\"error\":{\"code\":\"asleep\",\"text\":\"zzz\"}}");
        QCOMPARE(std::get<Reply>(read.value()).error.value().code, ErrorCode::Failed);
    }

    void anEventComesThrough()
    {
        const auto read = readServerMessage(lineOf(Event{u"state"_s, {{u"id"_s, 3}}}));
        QCOMPARE(std::get<Event>(read.value()).name, u"state"_s);
        QCOMPARE(std::get<Event>(read.value()).data.value(u"id"_s), QJsonValue(3));
    }

    void whatIsNeitherIsNothing()
    {
        for (const QByteArray line :
             {"", "{}", "[]", "null", "{\"id\":1}", "{\"event\":1}", "{\"id\":1,\"result\":[]}"})
            QVERIFY2(!readServerMessage(line), line.constData());
    }
};

QTEST_GUILESS_MAIN(TestControlMessage)

#include "tst_controlmessage.moc"
