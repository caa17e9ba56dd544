#include "ui/colorscheme.h"
#include "ui/primarybutton.h"
#include "ui/theme.h"

#include <QApplication>
#include <QStyle>
#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Scheme = Fairlead::Store::Settings::ColorScheme;

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void contrastIsWhatWcagDefines_data()
    {
        QTest::addColumn<QColor>("one");
        QTest::addColumn<QColor>("other");
        QTest::addColumn<double>("ratio");
        QTest::addRow("black on white is 21") << QColor(Qt::black) << QColor(Qt::white) << 21.0;
        QTest::addRow("order does not matter") << QColor(Qt::white) << QColor(Qt::black) << 21.0;
        QTest::addRow("a colour on itself is 1") << QColor(Qt::red) << QColor(Qt::red) << 1.0;
        QTest::addRow("#767676, the lightest grey that passes on white")
            << QColor(0x76, 0x76, 0x76) << QColor(Qt::white) << 4.54;
    }

    void contrastIsWhatWcagDefines()
    {
        QFETCH(const QColor, one);
        QFETCH(const QColor, other);
        QFETCH(const double, ratio);
        QVERIFY(qAbs(contrastRatio(one, other) - ratio) < 0.01);
    }

    void everyToneCanBeReadOnEverySurface_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<bool>("selectionToo");
        QTest::addRow("our light palette") << lightPalette() << true;
        QTest::addRow("our dark palette") << darkPalette() << true;
        QTest::addRow("a desktop of middling grey")
            << QPalette(QColor(0xb0, 0xb0, 0xb0), QColor(0xa8, 0xa8, 0xa8)) << false;
        QTest::addRow("a desktop of blackish brown")
            << QPalette(QColor(0x30, 0x24, 0x20), QColor(0x20, 0x18, 0x14)) << false;
    }

    void everyToneCanBeReadOnEverySurface()
    {
        QFETCH(const QPalette, palette);
        QFETCH(const bool, selectionToo);
        for (const Tone tone :
             {Tone::Text, Tone::Muted, Tone::Accent, Tone::Good, Tone::Waiting, Tone::Warning, Tone::Bad}) {
            const QColor color = toneColor(tone, palette);
            for (const auto role : {QPalette::Window, QPalette::Base, QPalette::AlternateBase}) {
                const double ratio = contrastRatio(color, palette.color(role));
                if (role != QPalette::AlternateBase || selectionToo)
                    QVERIFY2(ratio >= kReadableContrast,
                             qPrintable(u"tone %1 on role %2: %3"_s.arg(int(tone)).arg(role).arg(ratio)));
            }
            if (selectionToo)
                QVERIFY(contrastRatio(selectedToneColor(tone, palette), palette.color(QPalette::Highlight))
                        >= kReadableContrast);
        }
    }

    void ourPalettesCanBeReadInEveryPairOfRoles_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addRow("light") << lightPalette();
        QTest::addRow("dark") << darkPalette();
    }

    void ourPalettesCanBeReadInEveryPairOfRoles()
    {
        QFETCH(const QPalette, palette);
        const QList<std::pair<QPalette::ColorRole, QPalette::ColorRole>> pairs = {
            {QPalette::WindowText, QPalette::Window},       {QPalette::Text, QPalette::Base},
            {QPalette::ButtonText, QPalette::Button},       {QPalette::HighlightedText, QPalette::Highlight},
            {QPalette::ToolTipText, QPalette::ToolTipBase}, {QPalette::Link, QPalette::Base},
            {QPalette::PlaceholderText, QPalette::Base},
        };
        for (const auto &[ink, paper] : pairs)
            QVERIFY2(contrastRatio(palette.color(ink), palette.color(paper)) >= kReadableContrast,
                     qPrintable(u"%1 on %2"_s.arg(ink).arg(paper)));
    }

    void theSchemeSwitchesWhileRunning()
    {
        applyColorScheme(Scheme::Dark);
        QVERIFY(isDark(QApplication::palette()));
        PrimaryButton button(u"Forward"_s);
        const QColor inTheDark = button.palette().color(QPalette::Button);
        QVERIFY(contrastRatio(inTheDark, button.palette().color(QPalette::ButtonText)) >= kReadableContrast);

        applyColorScheme(Scheme::Light);

        QVERIFY(!isDark(QApplication::palette()));
        QTRY_VERIFY(button.palette().color(QPalette::Button) != inTheDark);
        QVERIFY(contrastRatio(button.palette().color(QPalette::Button), button.palette().color(QPalette::ButtonText))
                >= kReadableContrast);
    }

    void thePrimaryButtonCanBeReadAsPainted_data()
    {
        QTest::addColumn<Scheme>("scheme");
        QTest::addRow("light") << Scheme::Light;
        QTest::addRow("dark") << Scheme::Dark;
    }

    /// Styles paint a button in other colours than the palette's, so only the picture tells.
    void thePrimaryButtonCanBeReadAsPainted()
    {
        QFETCH(const Scheme, scheme);
        applyColorScheme(scheme);
        PrimaryButton button;
        button.setDefault(true);
        button.resize(90, 26);
        const QImage image = button.grab().toImage();
        const QColor ink = button.palette().color(QPalette::Active, QPalette::ButtonText);
        for (int y = 6; y < image.height() - 6; ++y) { // where words stand
            const double ratio = contrastRatio(image.pixelColor(image.width() / 2, y), ink);
            QVERIFY2(ratio >= kReadableContrast, qPrintable(u"line %1: %2"_s.arg(y).arg(ratio)));
        }
    }

    void systemFollowsThePlatformWhereNothingElseAnswers()
    {
        applyColorScheme(Scheme::Dark);
        applyColorScheme(Scheme::System);
        QCOMPARE(isDark(QApplication::palette()), isDark(QApplication::style()->standardPalette()));
    }
};

int main(int argc, char **argv)
{
    // No session bus: the machine that runs the test must not decide what "System" is.
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
    QApplication app(argc, argv);
    TestTheme test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_theme.moc"
