#include "core/kube/config/yamljson.h"
#include "core/store/exchange/jsontree.h"

#include <QJsonDocument>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

class TestJsonTree : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatQtReads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty object") << "{}"_ba;
        QTest::newRow("empty list") << " [ ] "_ba;
        QTest::newRow("all kinds") << "{\"a\": [1, -2.5e3, true, false, null, \"x\"], \"b\": {\"c\": {}}}"_ba;
        QTest::newRow("on many lines") << "{\n\t\"a\"\r\n:\n1\n,\"b\":[\n]\n}\n"_ba;
        QTest::newRow("escapes") << "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e4\\u65e5\", \"\\ud83d\\ude00\"]"_ba;
        QTest::newRow("UTF-8") << "[\"Ärger 日本 😀\"]"_ba;
        QTest::newRow("text that looks like something else") << "[\"true\", \"1\", \"null\", \"~\", \"yes\"]"_ba;
        QTest::newRow("64 levels") << QByteArray(64, '[') + QByteArray(64, ']');
    }
    void readsWhatQtReads()
    {
        QFETCH(QByteArray, text);

        const auto root = parseJson(text);

        QVERIFY2(root, qPrintable(root ? QString() : root.error().text));
        const auto expected = QJsonDocument::fromJson(text);
        QVERIFY(!expected.isNull());
        QCOMPARE(QJsonDocument::fromJson(Kube::yamlToJson(**root)), expected);
    }

    void refusesWithAPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("column");
        QTest::newRow("nothing") << ""_ba << 1;
        QTest::newRow("a comma too many") << "[1,]"_ba << 4;
        QTest::newRow("a comma too few") << "[1 2]"_ba << 4;
        QTest::newRow("no colon") << "{\"a\" 1}"_ba << 6;
        QTest::newRow("a key that is no text") << "{1: 2}"_ba << 2;
        QTest::newRow("no end") << "[1"_ba << 3;
        QTest::newRow("something behind") << "[1] [2]"_ba << 5;
        QTest::newRow("a bare word") << "[x]"_ba << 2;
        QTest::newRow("a comment") << "[1 // one\n]"_ba << 4;
        QTest::newRow("a leading zero") << "[01]"_ba << 2;
        QTest::newRow("a point at the end") << "[1.]"_ba << 2;
        QTest::newRow("a plus") << "[+1]"_ba << 2;
        QTest::newRow("a line break in a text") << "[\"a\nb\"]"_ba << 4;
        QTest::newRow("an unknown escape") << "[\"\\x\"]"_ba << 4;
        QTest::newRow("a short escape") << "[\"\\u12\"]"_ba << 5;
        QTest::newRow("an escape with a sign") << "[\"\\u+123\"]"_ba << 5;
        QTest::newRow("single quotes") << "['a']"_ba << 2;
        QTest::newRow("65 levels") << QByteArray(65, '[') + QByteArray(65, ']') << 65;
    }
    void refusesWithAPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, column);

        const auto root = parseJson(text);

        QVERIFY(!root);
        QCOMPARE(root.error().line, 1);
        QCOMPARE(root.error().column, column);
        QVERIFY(!root.error().text.isEmpty());
    }

    void knowsWhereThingsStand()
    {
        const auto root = parseJson("{\"ä\": 1,\n  \"b\": [\"ü\", {\"c\": 2}]}");

        QVERIFY(root);
        const Kube::YamlNode *list = (*root)->find(u"b"_s);
        QCOMPARE((*root)->find(u"ä"_s)->column, 7);
        QCOMPARE(list->line, 2);
        QCOMPARE(list->column, 8);
        QCOMPARE(list->items.at(1)->column, 14);
        QCOMPARE((*root)->size, 6);
    }

    void ofEqualKeysTheLastCounts() { QCOMPARE((*parseJson("{\"a\": 1, \"a\": 2}"))->find(u"a"_s)->text, u"2"_s); }
};

QTEST_GUILESS_MAIN(TestJsonTree)

#include "tst_jsontree.moc"
