#include "ui/format.h"

#include <QLocale>
#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

class TestFormat : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void amountsKeepTheirWidth_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addRow("zero") << quint64(0) << u"0 B"_s;
        QTest::addRow("below one KiB there are no decimals") << quint64(1023) << u"1023 B"_s;
        QTest::addRow("one KiB") << quint64(1024) << u"1.0 KiB"_s;
        QTest::addRow("two digits keep one decimal") << quint64(12'897'484) << u"12.3 MiB"_s;
        QTest::addRow("three digits lose it") << quint64(962'560) << u"940 KiB"_s;
        QTest::addRow("just below a hundred rounds up to three digits") << quint64(102'390) << u"100 KiB"_s;
        QTest::addRow("a terabyte") << quint64(1) * 1024 * 1024 * 1024 * 1024 << u"1.0 TiB"_s;
    }

    void amountsKeepTheirWidth()
    {
        QFETCH(const quint64, bytes);
        QFETCH(const QString, text);
        QCOMPARE(formatBytes(bytes), text);
    }

    void ratesBelowOneByteAreEmpty_data()
    {
        QTest::addColumn<double>("rate");
        QTest::addColumn<QString>("text");
        QTest::addRow("nothing") << 0.0 << QString();
        QTest::addRow("less than a byte a second") << 0.9 << QString();
        QTest::addRow("a byte") << 1.0 << u"1 B/s"_s;
        QTest::addRow("megabytes") << 1'258'291.2 << u"1.2 MiB/s"_s;
    }

    void ratesBelowOneByteAreEmpty()
    {
        QFETCH(const double, rate);
        QFETCH(const QString, text);
        QCOMPARE(formatRate(rate), text);
    }

    void durationsUseTheTwoLargestUnits_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::addRow("too short to measure") << qint64(0) << u"< 1 ms"_s;
        QTest::addRow("milliseconds") << qint64(12) << u"12 ms"_s;
        QTest::addRow("seconds") << qint64(4'200) << u"4.2 s"_s;
        QTest::addRow("minutes") << qint64(200'000) << u"3 min 20 s"_s;
        QTest::addRow("hours") << qint64(7'500'000) << u"2 h 5 min"_s;
    }

    void durationsUseTheTwoLargestUnits()
    {
        QFETCH(const qint64, milliseconds);
        QFETCH(const QString, text);
        QCOMPARE(formatDuration(milliseconds), text);
    }

    void timesOfOtherDaysCarryTheirDate()
    {
        const QDateTime noon(QDate(2024, 5, 17), QTime(12, 0));
        QCOMPARE(formatTime(noon, noon.addSecs(60)), u"12:00:00"_s);
        QVERIFY(formatTime(noon, noon.addDays(1)).contains(QLocale().toString(noon.date(), QLocale::ShortFormat)));
        QCOMPARE(formatTime({}, noon), QString());
    }
};

QTEST_MAIN(TestFormat)
#include "tst_format.moc"
