#include "core/store/exchange/duplicates.h"
#include "core/store/exchange/importer.h"
#include "importedtext.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

using Fate = ImportedRow::Fate;

QList<QByteArray> goldenTexts()
{
    QList<QByteArray> texts;
    QDirIterator files(QStringLiteral(FAIRLEAD_TEST_DATA "/exchange"), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.fileName().endsWith(".rows"_L1) && file.open(QIODevice::ReadOnly))
            texts << file.readAll();
    }
    return texts;
}

Imported imported(const QByteArray &text)
{
    const auto result = importForwards(text);
    return result ? *result : Imported();
}

} // namespace

class TestImportForwards : public QObject
{
    Q_OBJECT

private slots:
    void whatIsThereAlreadyIsSkipped_data()
    {
        QTest::addColumn<QByteArray>("existing");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Fate>("fate");
        QTest::addColumn<int>("ports");
        const QByteArray web = "kubectl --context a -n b port-forward svc/web 8080:80";
        QTest::newRow("nothing is there") << QByteArray() << web << Fate::Imported << 1;
        QTest::newRow("the same") << web << web << Fate::Skipped << 1;
        QTest::newRow("written in another way")
            << web << QByteArray("oc port-forward service/web 8080:80 -n b --context a") << Fate::Skipped << 1;
        QTest::newRow("another context") << web << QByteArray(web).replace(" a ", " c ") << Fate::Imported << 1;
        QTest::newRow("another namespace") << web << QByteArray(web).replace(" b ", " c ") << Fate::Imported << 1;
        QTest::newRow("another target") << web << QByteArray(web).replace("web", "api") << Fate::Imported << 1;
        QTest::newRow("another kind") << web << QByteArray(web).replace("svc", "deploy") << Fate::Imported << 1;
        QTest::newRow("another remote port") << web << QByteArray(web).replace(":80", ":81") << Fate::Imported << 1;
        QTest::newRow("another local port") << web << QByteArray(web).replace("8080", "8081") << Fate::Imported << 1;
        QTest::newRow("another address") << web << web + " --address 127.0.0.2" << Fate::Imported << 1;
        QTest::newRow("one address more")
            << web + " --address 127.0.0.2" << web + " --address 127.0.0.2,::1" << Fate::Imported << 1;
        QTest::newRow("one port more") << web << web + " 9090:90" << Fate::Changed << 1;
        QTest::newRow("one port less") << web + " 9090:90" << web << Fate::Skipped << 1;
        QTest::newRow("80 is 80:80") << QByteArray("kubectl port-forward web 80")
                                     << QByteArray("kubectl port-forward web 80:80") << Fate::Skipped << 1;
    }
    void whatIsThereAlreadyIsSkipped()
    {
        QFETCH(QByteArray, existing);
        QFETCH(QByteArray, text);
        QFETCH(Fate, fate);
        QFETCH(int, ports);
        QList<Forward::ForwardSpec> there;
        for (const SavedForward &forward : imported(existing).forwards())
            there << forward.spec;

        const Imported result = withoutDuplicates(imported(text), there);

        QCOMPARE(result.rows.size(), 1);
        QCOMPARE(result.rows.first().fate, fate);
        QCOMPARE(int(result.rows.first().forward->spec.ports.size()), ports);
        QCOMPARE(result.rows.first().remarks.isEmpty(), fate == Fate::Imported);
    }

    void theFormatCanBeSaid()
    {
        // A line that both krelay and a shell could have.
        const QByteArray text = "svc/web 8080:80\n";
        QCOMPARE(importForwards(text)->format, Format::Krelay);
        QCOMPARE(importForwards(text, Format::Krelay)->rows.size(), 1);
        QVERIFY(!importForwards(text, Format::Commands));
        QVERIFY(!importForwards("[]", Format::KubeForwarder));
        QVERIFY(!importForwards("a: b", Format::Lens));
        QCOMPARE(importForwards("[]", Format::Kftray)->rows.size(), 0);
    }

    void everyFormatIsSafeWithTextOfAnother_data()
    {
        QTest::addColumn<Format>("format");
        for (const FormatInfo &info : formats())
            QTest::newRow(QByteArray(info.word.data(), info.word.size()).constData()) << info.format;
    }
    void everyFormatIsSafeWithTextOfAnother()
    {
        QFETCH(Format, format);
        int read = 0;
        for (const QByteArray &text : goldenTexts()) {
            const auto result = importForwards(text, format);
            read += result ? 1 : 0;
            if (!result)
                QVERIFY(!result.error().text.isEmpty());
        }
        QVERIFY(read > 0);
    }

    void anyCutOfAFileIsReadOrRefused()
    {
        int refused = 0;
        for (const QByteArray &text : goldenTexts()) {
            if (text.size() > 2'500)
                continue;
            for (qsizetype i = 0; i < text.size(); i += 7)
                refused += importForwards(text.first(i)) ? 0 : 1;
        }
        QVERIFY(refused > 0);
    }

    void whatIsTooLargeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        const QByteArray line = "kubectl port-forward web 80\n";
        QTest::newRow("more than 4 MiB") << QByteArray(MaxImportBytes + 1, ' ') << u"4 MiB"_s;
        QTest::newRow("more rows than anybody has") << line.repeated(MaxImportedRows + 1) << u"20000"_s;
        QTest::newRow("more rows of krelay") << QByteArray("svc/web 80\n").repeated(MaxImportedRows + 1) << u"20000"_s;
        QTest::newRow("4 MiB of brackets") << QByteArray(MaxImportBytes, '[') << u"deeper than 64"_s;
        QTest::newRow("4 MiB of braces in YAML") << "a: " + QByteArray(MaxImportBytes - 3, '{') << u"deeper than 64"_s;
        QTest::newRow("a text without end") << "[\"" + QByteArray(MaxImportBytes - 2, 'x') << u"no end"_s;
        QTest::newRow("4 MiB of nothing") << QByteArray(MaxImportBytes, '\n') << u"nothing in it"_s;
        QTest::newRow("4 MiB of one word") << QByteArray(MaxImportBytes, 'x') << u"no forwards"_s;
        QTest::newRow("one word in a shell's quotes")
            << "kubectl port-forward '" + QByteArray(MaxImportBytes - 100, 'x') << QString();
        QTest::newRow("nested loops") << QByteArray("while x; do ").repeated(100'000) + "kubectl port-forward a 1"
                                      << QString();
        QTest::newRow("nested substitutions")
            << "kubectl port-forward " + QByteArray("$(").repeated(1'000'000) << QString();
        QTest::newRow("variables of variables")
            << QByteArray("A=$A$A$A\n").repeated(20'000) + "kubectl port-forward $A 1" << QString();
        QTest::newRow("many nodes") << "[" + QByteArray("1,").repeated(1'000'000) + "1]" << u"1000000 nodes"_s;
    }
    /// Each takes a second at most; one that took time without end would not come back before ctest ends it.
    void whatIsTooLargeIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);

        const auto result = importForwards(text);

        if (words.isEmpty()) {
            QVERIFY(!result || result->forwards().size() <= 1);
            return;
        }
        QVERIFY(!result);
        QVERIFY2(result.error().text.contains(words), qPrintable(result.error().text));
    }

    void anErrorHasItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("a NUL byte") << QByteArray("ab\ncd\0e", 7) << 2 << 3;
        QTest::newRow("half a character at the end") << QByteArray("ä\nüa\xc3") << 2 << 3;
        QTest::newRow("JSON, a comma too many") << QByteArray("[{\n \"ä\": 1,}]") << 2 << 9;
        QTest::newRow("JSON, a word that is none") << QByteArray("[nul]") << 1 << 2;
        QTest::newRow("JSON, text behind it") << QByteArray("[] x") << 1 << 4;
        QTest::newRow("JSON, an escape that is none") << QByteArray("[\"\\u12x4\"]") << 1 << 5;
        QTest::newRow("JSON, a leading zero") << QByteArray("[01]") << 1 << 2;
        QTest::newRow("YAML, a tab") << QByteArray("portForward:\n\t- a\n") << 2 << 2;
    }
    void anErrorHasItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(int, column);

        const auto result = importForwards(text);

        QVERIFY(!result);
        QCOMPARE(result.error().line, line);
        QCOMPARE(result.error().column, column);
    }

    void theContextOfALensFileIsFoundByItsName()
    {
        const QByteArray text = R"({"port_forwards": [{"kind": "pod", "name": "a", "namespace": "b", "port": 1}]})";
        const QByteArray clusters = R"({"clusters": [{"id": "x", "contextName": "dev"}]})";
        QCOMPARE(importForwards(text, {}, {u"x.json"_s, clusters})->forwards().first().spec.context, u"dev"_s);
        QCOMPARE(importForwards(text, {}, {u"y.json"_s, clusters})->forwards().first().spec.context, QString());
        QCOMPARE(importForwards(text, {}, {u"x.json"_s, "no JSON"})->forwards().first().spec.context, QString());
        QCOMPARE(importForwards(text)->rows.first().fate, Fate::Changed);
    }

    void wordsOfFormatsAreKnown()
    {
        for (const FormatInfo &info : formats()) {
            QCOMPARE(formatFromWord(info.word), info.format);
            QVERIFY(!info.writable || !info.suffix.isEmpty());
        }
        QCOMPARE(formatFromWord(u"K9s"_s), Format::Annotations);
        QCOMPARE(formatFromWord(u"oc"_s), Format::Commands);
        QVERIFY(!formatFromWord(u"csv"_s));
    }
};

QTEST_GUILESS_MAIN(TestImportForwards)

#include "tst_importforwards.moc"
