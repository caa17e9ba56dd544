#include "ui/picker/podquery.h"

#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

class TestPodQuery : public QObject
{
    Q_OBJECT

private slots:
    void everyWordMustBeSomewhere_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("matches");
        QTest::addRow("nothing typed matches all") << u""_s << true;
        QTest::addRow("blanks are nothing") << u"  "_s << true;
        QTest::addRow("a beginning") << u"bill"_s << true;
        QTest::addRow("a part") << u"api"_s << true;
        QTest::addRow("in the middle of a part") << u"illin"_s << true;
        QTest::addRow("case aside") << u"API"_s << true;
        QTest::addRow("two words") << u"api 7f"_s << true;
        QTest::addRow("two words in the other order") << u"7f api"_s << true;
        QTest::addRow("one word of two is missing") << u"api shop"_s << false;
        QTest::addRow("letters that are there, but apart") << u"blng"_s << false;
        QTest::addRow("a dot is a dot, not any letter") << u"a.i"_s << false;
    }

    void everyWordMustBeSomewhere()
    {
        QFETCH(const QString, typed);
        QFETCH(const bool, matches);
        QCOMPARE(PodQuery(typed).score(u"billing-api-7f9"_s) >= 0, matches);
    }

    void theBetterMatchComesFirst_data()
    {
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::addRow("the whole name before a beginning") << u"api"_s << u"api-1"_s;
        QTest::addRow("a beginning before a part") << u"api-1"_s << u"my-api"_s;
        QTest::addRow("a part before the middle of one") << u"billing-api-0"_s << u"xapi"_s;
        QTest::addRow("an early part before a late one") << u"my-api-0"_s << u"billing-api-0"_s;
        QTest::addRow("a part found later still counts as a part") << u"rapid-api"_s << u"rapids"_s;
    }

    void theBetterMatchComesFirst()
    {
        QFETCH(const QString, better);
        QFETCH(const QString, worse);
        const PodQuery query(u"api"_s);
        QVERIFY(query.score(better) > query.score(worse));
        QVERIFY(query.score(worse) >= 0);
    }

    void aWordMayStandInTheNamespace()
    {
        const PodQuery query(u"shop api"_s);
        QVERIFY(query.score(u"api-0"_s) < 0);
        QVERIFY(query.score(u"api-0"_s, u"shop"_s) >= 0);
        QVERIFY(query.score(u"shop-api-0"_s, u"team"_s) > query.score(u"api-0"_s, u"shop"_s));
    }

    void namesTheMatchedLetters_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<MatchedLetters>("letters");
        QTest::addRow("nothing typed") << u""_s << MatchedLetters();
        QTest::addRow("the best place, not the first") << u"api"_s << MatchedLetters{{6, 3}};
        QTest::addRow("in the order of the name") << u"api rap"_s << MatchedLetters{{0, 3}, {6, 3}};
        QTest::addRow("overlapping ones are one") << u"rapi apid"_s << MatchedLetters{{0, 5}};
        QTest::addRow("neighbours are one") << u"rap id"_s << MatchedLetters{{0, 5}};
        QTest::addRow("twice the same word") << u"rap rap"_s << MatchedLetters{{0, 3}};
        QTest::addRow("one inside of the other") << u"rapid p"_s << MatchedLetters{{0, 5}};
    }

    void namesTheMatchedLetters()
    {
        QFETCH(const QString, typed);
        QFETCH(const MatchedLetters, letters);
        QCOMPARE(PodQuery(typed).lettersIn(u"rapid-api"_s), letters);
    }
};

QTEST_GUILESS_MAIN(TestPodQuery)
#include "tst_podquery.moc"
