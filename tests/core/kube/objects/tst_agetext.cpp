#include "core/kube/objects/objects.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

class TestAgeText : public QObject
{
    Q_OBJECT

private slots:
    void everyBorder_data()
    {
        QTest::addColumn<qint64>("seconds");
        constexpr qint64 M = 60;
        constexpr qint64 H = 60 * M;
        constexpr qint64 D = 24 * H;
        constexpr qint64 Y = 365 * D;
        const auto row = [](const char *text, qint64 seconds) { QTest::newRow(text) << seconds; };
        row("<invalid>", -2);
        row("0s", -1);
        row("1s", 1);
        row("119s", 119);
        row("2m", 2 * M);
        row("2m1s", 2 * M + 1);
        row("9m59s", 10 * M - 1);
        row("10m", 10 * M);
        row("179m", 3 * H - 1);
        row("3h", 3 * H);
        row("3h1m", 3 * H + M);
        row("7h59m", 8 * H - 1);
        row("8h", 8 * H);
        row("47h", 2 * D - 1);
        row("2d", 2 * D);
        row("2d1h", 2 * D + H);
        row("7d23h", 8 * D - 1);
        row("8d", 8 * D);
        row("729d", 2 * Y - 1);
        row("2y", 2 * Y);
        row("2y1d", 2 * Y + D);
        row("7y364d", 8 * Y - 1);
        row("8y", 8 * Y);
        row("30y", 30 * Y + 100 * D);
    }

    void everyBorder()
    {
        QFETCH(const qint64, seconds);
        const QDateTime now(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
        QCOMPARE(ageText(now.addSecs(-seconds), now), QString::fromLatin1(QTest::currentDataTag()));
    }

    void noTimeIsUnknown() { QCOMPARE(ageText({}, QDateTime::currentDateTimeUtc()), u"<unknown>"_s); }
};

QTEST_GUILESS_MAIN(TestAgeText)
#include "tst_agetext.moc"
