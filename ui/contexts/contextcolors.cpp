#include "ui/contexts/contextcolors.h"

#include "ui/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPixmap>

namespace Fairlead::Ui {

using Color = Store::Settings::ContextColor;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ContextColors)
};

constexpr int SwatchSide = 16;
constexpr int SwatchInset = 2;

struct Shades {
    QRgb light, dark;
};

Shades shadesOf(Color color)
{
    switch (color) {
    case Color::Red:
        return {0xffc9372c, 0xffff8078};
    case Color::Orange:
        return {0xffb35a00, 0xfff0a04b};
    case Color::Green:
        return {0xff1f7a3d, 0xff5fcf8b};
    case Color::Blue:
        return {0xff2563c9, 0xff7db1ff};
    case Color::Purple:
        return {0xff7a45c9, 0xffc3a6ff};
    case Color::Grey:
    case Color::None:
        break;
    }
    return {0xff6a7280, 0xffa3acb9};
}

} // namespace

QList<Color> contextColors()
{
    return {Color::Red, Color::Orange, Color::Green, Color::Blue, Color::Purple, Color::Grey};
}

QString contextColorName(Color color)
{
    switch (color) {
    case Color::None:
        return Text::tr("No colour");
    case Color::Red:
        return Text::tr("Red");
    case Color::Orange:
        return Text::tr("Orange");
    case Color::Green:
        return Text::tr("Green");
    case Color::Blue:
        return Text::tr("Blue");
    case Color::Purple:
        return Text::tr("Purple");
    case Color::Grey:
        return Text::tr("Grey");
    }
    return {};
}

QColor contextColor(Color color, const QPalette &palette)
{
    if (color == Color::None)
        return {};
    const Shades shades = shadesOf(color);
    return QColor::fromRgb(isDark(palette) ? shades.dark : shades.light);
}

QIcon contextColorIcon(Color color, const QPalette &palette)
{
    if (color == Color::None)
        return {};
    QPixmap swatch(SwatchSide, SwatchSide);
    swatch.fill(Qt::transparent);
    QPainter painter(&swatch);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(contextColor(color, palette));
    painter.drawRoundedRect(swatch.rect().adjusted(SwatchInset, SwatchInset, -SwatchInset, -SwatchInset), 3, 3);
    return swatch;
}

} // namespace Fairlead::Ui
