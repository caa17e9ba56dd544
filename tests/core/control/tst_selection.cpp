#include "core/control/selection.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Control;
using namespace Qt::StringLiterals;
using Ids = QList<Forward::ForwardId>;

class TestSelection : public QObject
{
    Q_OBJECT

private slots:
    void wordsName_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<Ids>("ids");
        QTest::addRow("nothing: all") << QStringList{} << Ids{1, 2, 3, 15};
        QTest::addRow("an id") << QStringList{u"2"_s} << Ids{2};
        QTest::addRow("a number that is no id is a name") << QStringList{u"5432"_s} << Ids{3};
        QTest::addRow("an id comes before a name") << QStringList{u"15"_s} << Ids{15};
        QTest::addRow("a name that two have") << QStringList{u"web"_s} << Ids{1, 2};
        QTest::addRow("a profile") << QStringList{u"Team A"_s} << Ids{2, 3};
        QTest::addRow("a name comes before a profile") << QStringList{u"both"_s} << Ids{15};
        QTest::addRow("a profile without forwards here") << QStringList{u"Team B"_s} << Ids{};
        QTest::addRow("each once, in order") << QStringList{u"3"_s, u"Team A"_s, u"1"_s} << Ids{1, 2, 3};
    }

    void wordsName()
    {
        QFETCH(const QStringList, words);
        QFETCH(const Ids, ids);
        const auto chosen = selectForwards(words, All, Profiles);
        QVERIFY(chosen.hasValue());
        QCOMPARE(*chosen, ids);
    }

    void aWordThatIsNothingIsNamed_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addRow("unknown") << u"moon"_s;
        QTest::addRow("an id that is gone") << u"99"_s;
        QTest::addRow("a part of a name") << u"we"_s;
        QTest::addRow("empty") << u""_s;
    }

    void aWordThatIsNothingIsNamed()
    {
        QFETCH(const QString, word);
        const auto chosen = selectForwards({u"web"_s, word}, All, Profiles);
        QVERIFY(!chosen.hasValue());
        QVERIFY(chosen.error().contains(u'"' + word + u'"'));
    }

private:
    const QList<Called> All{{1, u"web"_s, {u"both"_s}},
                            {2, u"web"_s, {u"Team A"_s}},
                            {3, u"5432"_s, {u"Team A"_s, u"15"_s}},
                            {15, u"both"_s}};
    const QStringList Profiles{u"Team A"_s, u"Team B"_s, u"both"_s, u"15"_s};
};

QTEST_GUILESS_MAIN(TestSelection)

#include "tst_selection.moc"
