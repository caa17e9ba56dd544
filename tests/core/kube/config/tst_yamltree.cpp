#include "core/kube/config/base64data.h"
#include "core/kube/config/yamlfields.h"
#include "core/kube/config/yamltree.h"

#include <QTest>

#include <sys/resource.h>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

class TestYamlTree : public QObject
{
    Q_OBJECT

private:
    static QString valueAt(const QByteArray &text, const QStringList &path)
    {
        const auto root = parseYaml(text);
        const YamlNode *node = root ? root->get() : nullptr;
        for (const QString &key : path)
            node = node ? node->find(key) : nullptr;
        return node ? node->text : QString();
    }

private slots:
    void findsValues_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("value");
        QTest::addRow("plain") << QByteArray("a: {b: x}") << u"x"_s;
        QTest::addRow("the last of two equal keys") << QByteArray("a: {b: x, b: y}") << u"y"_s;
        QTest::addRow("alias") << QByteArray("k: &k {b: x}\na: *k") << u"x"_s;
        QTest::addRow("merge") << QByteArray("k: &k {b: x}\na:\n  <<: *k") << u"x"_s;
        QTest::addRow("own key before a merged one") << QByteArray("k: &k {b: x}\na:\n  b: y\n  <<: *k") << u"y"_s;
        QTest::addRow("first of merged lists")
            << QByteArray("k: &k {c: x}\nl: &l {b: y}\nm: &m {b: z}\na:\n  <<: [*k, *l, *m]") << u"y"_s;
        QTest::addRow("first document only") << QByteArray("a: {b: x}\n---\na: {b: y}") << u"x"_s;
        QTest::addRow("byte order mark, Windows lines") << QByteArray("\xef\xbb\xbf"
                                                                      "a:\r\n  b: x\r\n")
                                                        << u"x"_s;
        QTest::addRow("block text") << QByteArray("a:\n  b: |\n    x\n    y\n") << u"x\ny\n"_s;
        QTest::addRow("JSON") << QByteArray("{\"a\":\t{\"b\": \"x\\u0041\"}}") << u"xA"_s;
    }

    void findsValues()
    {
        QFETCH(const QByteArray, text);
        QTEST(valueAt(text, {u"a"_s, u"b"_s}), "value");
    }

    void givesAllDocumentsUpToABound()
    {
        const auto all = parseYamlDocuments("a: &x 1\n---\n- b\n---\n...\n---\nc: *x\n", 3);
        QVERIFY(all);
        QCOMPARE(all->size(), 3);
        QCOMPARE(all->at(0)->find(u"a"_s)->text, u"1"_s);
        QCOMPARE(all->at(1)->line, 3);
        QCOMPARE(all->at(2)->kind, YamlNode::Kind::Null);
        QCOMPARE(parseYamlDocuments("", 3)->size(), 0);
        QVERIFY(!parseYamlDocuments("a: &x 1\n---\nb: *x\n", 3)); // an anchor ends with its document
        const QByteArray big =
            "- &a [" + QByteArray("x,").repeated(1'000) + "x]\n- [" + QByteArray("*a,").repeated(298) + "*a]\n---\n";
        QVERIFY(parseYamlDocuments(big.repeated(4), 3));
        QVERIFY(!parseYamlDocuments(big.repeated(4), 4));
    }

    void refusesWhatWouldHurt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QByteArray laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 12; ++i) {
            const QByteArray before = "*a" + QByteArray::number(i - 1);
            laughs += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " ["
                + QByteArrayList(10, before).join(',') + "]\n";
        }
        QTest::addRow("a billion laughs") << laughs;
        QTest::addRow("nested too deep, flow") << QByteArray(100'000, '[');
        QTest::addRow("nested too deep, flow maps") << QByteArray("{a: ").repeated(1000);
        QTest::addRow("nested too deep, block") << QByteArray("- ").repeated(5000);
        QTest::addRow("an alias of its own parent") << QByteArray("a: &a [*a]");
        QTest::addRow("an alias of nothing") << QByteArray("a: *b");
        QTest::addRow("an open brace") << QByteArray("{{{");
        QTest::addRow("an open quote") << QByteArray("a: \"x");
        QTest::addRow("a tab as indent") << QByteArray("a:\n  b:\n\tc: d\n");
        QTest::addRow("bytes of a picture") << QByteArray::fromHex("89504e470d0a1a0a0000000d49484452");
    }

    void refusesWhatWouldHurt()
    {
        QFETCH(const QByteArray, text);
        const auto root = parseYaml(text);
        QVERIFY(!root.hasValue());
        QVERIFY(!root.error().text.isEmpty());
    }

    void bracketsThatNobodyClosesCostNoMemory()
    {
        const auto peakKilobytes = [] {
            rusage use = {};
            ::getrusage(RUSAGE_SELF, &use);
            return use.ru_maxrss;
        };
        const QByteArray text = QByteArray("name: Team\nforwards:\n") + QByteArray(4 << 20, '{');
        const auto before = peakKilobytes();
        const auto root = parseYaml(text);
        QVERIFY(!root.hasValue());
        QCOMPARE(root.error().line, 3);
        QCOMPARE(root.error().text, u"nested deeper than 64 levels"_s);
        constexpr int Megabyte = 1024;
        QVERIFY2(peakKilobytes() - before < 100 * Megabyte,
                 QByteArray::number(qint64(peakKilobytes() - before)).constData());
    }

    void bracketsInTextAreText()
    {
        const auto quoted =
            parseYaml("- '" + QByteArray(1'000, '[') + "'\n- '" + QByteArray(100'000, ']') + "'\n- [x]");
        QVERIFY(quoted.hasValue());
        QCOMPARE((*quoted)->items.at(1)->text.size(), 100'000);
    }

    void nothingIsNull_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("no bytes") << QByteArray();
        QTest::addRow("comment") << QByteArray("# x\n");
        QTest::addRow("null") << QByteArray("null");
        QTest::addRow("tilde") << QByteArray("~");
        QTest::addRow("document marks only") << QByteArray("---\n...\n");
    }

    void nothingIsNull()
    {
        QFETCH(const QByteArray, text);
        const auto root = parseYaml(text);
        QVERIFY(root.hasValue());
        QCOMPARE((*root)->kind, YamlNode::Kind::Null);
    }

    void everyCutOfAFileIsSurvived()
    {
        const QByteArray text =
            "apiVersion: v1\nusers:\n- name: &n \"u\"\n  user: {token: 'a', x: [1, *n]}\n<<: {a: b}\n";
        for (qsizetype length = 0; length <= text.size(); ++length) {
            const auto root = parseYaml(text.left(length));
            QVERIFY(root.hasValue() || !root.error().text.isEmpty());
        }
    }

    void knowsWhatGoTakesForNumbersAndSwitches_data()
    {
        QTest::addColumn<PlainScalar>("expected");
        for (const char *text :
             {"12345", "-1", "1.5", "1e3", "0x1F", "0o17", "0b1", "1_000", ".5", ".inf", "-.inf", ".nan"})
            QTest::addRow("%s", text) << PlainScalar::Number;
        for (const char *text : {"y", "n", "yes", "No", "ON", "off", "true", "FALSE"})
            QTest::addRow("%s", text) << PlainScalar::Boolean;
        for (const char *text : {"T0", "a.b.c", "yEs", "tRUE", "1.2.3.4", "0xZZ", "12a", "-", "", "e3", "1e", "."})
            QTest::addRow("%s", text) << PlainScalar::Text;
    }

    void knowsWhatGoTakesForNumbersAndSwitches()
    {
        QFETCH(const PlainScalar, expected);
        QCOMPARE(classifyPlainScalar(QString::fromLatin1(QTest::currentDataTag())), expected);
    }

    void decodesBase64_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("paddingMissing");
        QTest::addColumn<int>("error"); // -1: none
        QTest::addRow("nothing") << QString() << QByteArray() << false << -1;
        QTest::addRow("two pads") << u"YQ=="_s << QByteArray("a") << false << -1;
        QTest::addRow("one pad") << u"YWI="_s << QByteArray("ab") << false << -1;
        QTest::addRow("no pad needed") << u"YWJj"_s << QByteArray("abc") << false << -1;
        QTest::addRow("pads missing") << u"YQ"_s << QByteArray("a") << true << -1;
        QTest::addRow("line breaks") << u"YW\r\nI=\n"_s << QByteArray("ab") << false << -1;
        QTest::addRow("line break between the pads") << u"YQ=\n="_s << QByteArray("a") << false << -1;
        QTest::addRow("blank") << u"YW Jj"_s << QByteArray() << false << 2;
        QTest::addRow("URL alphabet") << u"YWJj-_"_s << QByteArray() << false << 4;
        QTest::addRow("one pad where two belong") << u"YQ="_s << QByteArray() << false << 2;
        QTest::addRow("one pad too many") << u"YWI=="_s << QByteArray() << false << 3;
        QTest::addRow("text behind the pad") << u"YWI=YWI="_s << QByteArray() << false << 3;
        QTest::addRow("six bits too many") << u"YWJjY"_s << QByteArray() << false << 4;
        QTest::addRow("only a pad") << u"="_s << QByteArray() << false << 0;
        QTest::addRow("not Latin") << u"YWJ\u00e9"_s << QByteArray() << false << 3;
    }

    void decodesBase64()
    {
        QFETCH(const QString, text);
        QFETCH(const int, error);
        const auto decoded = decodeBase64(text);
        QCOMPARE(decoded ? -1 : int(decoded.error()), error);
        if (!decoded)
            return;
        QTEST(decoded->bytes, "bytes");
        QTEST(decoded->paddingMissing, "paddingMissing");
    }
};

QTEST_GUILESS_MAIN(TestYamlTree)
#include "tst_yamltree.moc"
