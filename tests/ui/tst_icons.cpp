#include "ui/icons.h"

#include <QApplication>
#include <QDirIterator>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Fairlead::Forward::State;

namespace {

constexpr std::array kStates = {State::Stopped,      State::Starting,     State::Running, State::WaitingForPod,
                                State::Reconnecting, State::SignInNeeded, State::Failed};

/// How much of the picture is inked.
double coverage(const QImage &image)
{
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            sum += qAlpha(image.pixel(x, y)) / 255.0;
    return sum / (image.width() * image.height());
}

QColor strongestColor(const QImage &image)
{
    QColor strongest(0, 0, 0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).alpha() > strongest.alpha())
                strongest = image.pixelColor(x, y);
    return strongest;
}

QImage imageOf(const QIcon &icon, int size = 16, QIcon::Mode mode = QIcon::Normal)
{
    return icon.pixmap(QSize(size, size), 1.0, mode).toImage();
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private slots:
    void init() { QApplication::setPalette(lightPalette()); }

    void everyFileOfTheSetDraws_data()
    {
        QTest::addColumn<QString>("name");
        QVERIFY(!icon(u"new"_s).isNull()); // the resources are loaded from now on
        int found = 0;
        for (QDirIterator files(u":/fairlead/icons"_s, {u"*.svg"_s}); files.hasNext(); ++found) {
            files.next();
            QTest::addRow("%s", qPrintable(files.fileInfo().baseName())) << files.fileInfo().baseName();
        }
        QVERIFY(found > 30);
    }

    void everyFileOfTheSetDraws()
    {
        QFETCH(const QString, name);
        for (const int size : {16, 32, 64}) {
            const QImage image = imageOf(icon(name), size);
            QCOMPARE(image.size(), QSize(size, size));
            QVERIFY2(coverage(image) > 0.05, "hardly anything is drawn");
            QVERIFY2(coverage(image) < 0.85, "a blot");
        }
    }

    void aNameThatIsNotInTheSetIsNull() { QVERIFY(icon(u"no-such-icon"_s).isNull()); }

    void everyStateHasAShapeOfItsOwn()
    {
        for (size_t one = 0; one < kStates.size(); ++one) {
            for (size_t other = one + 1; other < kStates.size(); ++other) {
                const QImage a = imageOf(icon(kStates[one])).convertToFormat(QImage::Format_Alpha8);
                const QImage b = imageOf(icon(kStates[other])).convertToFormat(QImage::Format_Alpha8);
                double difference = 0;
                for (int y = 0; y < a.height(); ++y)
                    for (int x = 0; x < a.width(); ++x)
                        difference += std::abs(qAlpha(a.pixel(x, y)) - qAlpha(b.pixel(x, y))) / 255.0;
                QVERIFY2(
                    difference > 25,
                    qPrintable(u"states %1 and %2 differ by %3 of 256 pixels"_s.arg(one).arg(other).arg(difference)));
            }
        }
    }

    void theInkIsTheTonesColor()
    {
        QCOMPARE(strongestColor(imageOf(icon(u"stop"_s, Tone::Bad))).rgb(), toneColor(Tone::Bad, lightPalette()).rgb());
    }

    void anIconFollowsThePalette()
    {
        const QIcon stop = icon(u"stop"_s);
        const QColor byDay = strongestColor(imageOf(stop));

        QApplication::setPalette(darkPalette());

        const QColor byNight = strongestColor(imageOf(stop));
        QCOMPARE(byDay.rgb(), lightPalette().color(QPalette::Text).rgb());
        QCOMPARE(byNight.rgb(), darkPalette().color(QPalette::Text).rgb());
    }

    void aDisabledOneIsDimmed()
    {
        QVERIFY(strongestColor(imageOf(icon(u"stop"_s), 16, QIcon::Disabled)).alpha() < 128);
        QVERIFY(strongestColor(imageOf(applicationIcon(), 32, QIcon::Disabled)).alpha() < 128);
    }

    void twiceThePixelsAtTwoHundredPercent()
    {
        const QPixmap pixmap = icon(u"new"_s).pixmap(QSize(16, 16), 2.0);
        QCOMPARE(pixmap.size(), QSize(32, 32));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    }

    void paintsWhereItIsTold()
    {
        QImage canvas(40, 40, QImage::Format_ARGB32_Premultiplied);
        canvas.fill(Qt::transparent);
        QPainter painter(&canvas);
        icon(u"stop"_s).paint(&painter, QRect(20, 20, 16, 16));
        painter.end();
        QVERIFY(canvas.pixelColor(28, 28).alpha() == 255);
        QVERIFY(canvas.pixelColor(10, 10).alpha() == 0);
    }

    void theApplicationIconHasItsColors_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {16, 24, 32, 48, 64, 128, 256, 512})
            QTest::addRow("%d px", size) << size;
    }

    void theApplicationIconHasItsColors()
    {
        QFETCH(const int, size);
        const QImage image = imageOf(applicationIcon(), size);
        QCOMPARE(image.size(), QSize(size, size));
        bool blue = false;
        bool rope = false;
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                const QColor color = image.pixelColor(x, y);
                blue |= color.alpha() > 200 && color.blue() > color.red() + 60;
                rope |= color.alpha() > 200 && color.red() > color.blue() + 60;
            }
        }
        QVERIFY(blue);
        QVERIFY(rope);
    }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
