#include "app/cli/goduration.h"

#include <QTest>

using namespace Fairlead::App;
using namespace Qt::StringLiterals;

class TestGoDuration : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addRow("zero needs no unit") << u"0"_s << qint64(0);
        QTest::addRow("seconds") << u"5s"_s << qint64(5'000'000'000);
        QTest::addRow("minutes") << u"2m"_s << qint64(120'000'000'000);
        QTest::addRow("milliseconds are not minutes") << u"300ms"_s << qint64(300'000'000);
        QTest::addRow("several units add up") << u"1h30m"_s << qint64(5'400'000'000'000);
        QTest::addRow("fractions") << u"1.5h"_s << qint64(5'400'000'000'000);
        QTest::addRow("fraction without a leading digit") << u".5s"_s << qint64(500'000'000);
        QTest::addRow("fraction without a following digit") << u"1.s"_s << qint64(1'000'000'000);
        QTest::addRow("microseconds, ASCII") << u"7us"_s << qint64(7'000);
        QTest::addRow("microseconds, micro sign") << u"7\u00b5s"_s << qint64(7'000);
        QTest::addRow("nanoseconds") << u"9ns"_s << qint64(9);
        QTest::addRow("negative") << u"-3s"_s << qint64(-3'000'000'000);
        QTest::addRow("plus sign") << u"+3s"_s << qint64(3'000'000'000);
    }

    void reads()
    {
        QFETCH(const QString, text);
        QFETCH(const qint64, nanoseconds);
        const auto duration = parseGoDuration(text);
        QVERIFY(duration.has_value());
        QCOMPARE(static_cast<qint64>(duration->count()), nanoseconds);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addRow("nothing") << u""_s;
        QTest::addRow("a number without a unit") << u"5"_s;
        QTest::addRow("a unit without a number") << u"s"_s;
        QTest::addRow("an unknown unit") << u"5d"_s;
        QTest::addRow("words") << u"abc"_s;
        QTest::addRow("space inside") << u"5 s"_s;
        QTest::addRow("something behind it") << u"5s!"_s;
        QTest::addRow("a lone point") << u".s"_s;
        QTest::addRow("a lone sign") << u"-"_s;
        QTest::addRow("more than 292 years") << u"9999999h"_s;
    }

    void refuses()
    {
        QFETCH(const QString, text);
        QVERIFY(!parseGoDuration(text).has_value());
    }
};

QTEST_GUILESS_MAIN(TestGoDuration)
#include "tst_goduration.moc"
