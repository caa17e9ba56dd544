#include "ui/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace Fairlead::Ui {

namespace {

/// One scheme: what the mock-ups call bg, pane, line and so on, darkened or lightened to kReadableContrast.
struct Scheme {
    QRgb window, base, alternate, line, button, selection, tooltip;
    QRgb text, muted, disabled, accent, onAccent;
    QRgb good, waiting, warning, bad;
};

constexpr Scheme kLight{
    0xfff4f5f7, 0xffffffff, 0xfffafbfc, 0xffd3d7de, 0xfffdfdfe, 0xffdce9fb, 0xffffffff, 0xff1f2430,
    0xff5b6270, 0xff9aa1ad, 0xff2563c9, 0xffffffff, 0xff1a7348, 0xff5b4bc4, 0xff8f5100, 0xffb3261e,
};
constexpr Scheme kDark{
    0xff1e2127, 0xff25292f, 0xff282c33, 0xff3a404a, 0xff2d323a, 0xff2c415f, 0xff30353e, 0xffe4e7ec,
    0xffa3acb9, 0xff6b7480, 0xff7db1ff, 0xff0f1a2b, 0xff6fd19b, 0xffb3a6ff, 0xfff0b35a, 0xffff9c93,
};

const Scheme &schemeFor(const QPalette &palette)
{
    return isDark(palette) ? kDark : kLight;
}

QRgb schemeColor(const Scheme &scheme, Tone tone)
{
    switch (tone) {
    case Tone::Text:
        return scheme.text;
    case Tone::Muted:
        return scheme.muted;
    case Tone::Accent:
        return scheme.accent;
    case Tone::Good:
        return scheme.good;
    case Tone::Waiting:
        return scheme.waiting;
    case Tone::Warning:
        return scheme.warning;
    case Tone::Bad:
        return scheme.bad;
    }
    return scheme.text;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto channel = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {channel(from.red(), to.red()), channel(from.green(), to.green()), channel(from.blue(), to.blue())};
}

/// Moves a colour towards the palette's own text until it can be read on both surfaces of the palette.
QColor readable(const QColor &wanted, const QPalette &palette)
{
    const auto enough = [&palette](const QColor &color) {
        return contrastRatio(color, palette.color(QPalette::Base)) >= kReadableContrast
            && contrastRatio(color, palette.color(QPalette::Window)) >= kReadableContrast;
    };
    constexpr int kSteps = 10;
    for (int step = 0; step < kSteps; ++step) {
        const QColor color = mixed(wanted, palette.color(QPalette::Text), double(step) / kSteps);
        if (enough(color))
            return color;
    }
    return palette.color(QPalette::Text);
}

QPalette paletteOf(const Scheme &scheme)
{
    QPalette palette;
    const auto set = [&palette](std::initializer_list<QPalette::ColorRole> roles, QRgb color) {
        for (const auto role : roles)
            palette.setColor(role, QColor::fromRgb(color));
    };
    set({QPalette::Window}, scheme.window);
    set({QPalette::Base}, scheme.base);
    set({QPalette::AlternateBase}, scheme.alternate);
    set({QPalette::Button}, scheme.button);
    set({QPalette::ToolTipBase}, scheme.tooltip);
    set({QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText, QPalette::BrightText,
         QPalette::HighlightedText},
        scheme.text);
    set({QPalette::PlaceholderText}, scheme.muted);
    set({QPalette::Highlight}, scheme.selection);
    set({QPalette::Link, QPalette::LinkVisited}, scheme.accent);
    set({QPalette::Mid, QPalette::Midlight}, scheme.line);
    palette.setColor(QPalette::Light, QColor::fromRgb(scheme.button).lighter(110));
    palette.setColor(QPalette::Dark, QColor::fromRgb(scheme.line).darker(130));
    palette.setColor(QPalette::Shadow, QColor::fromRgb(scheme.line).darker(180));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(scheme.disabled));
    return palette;
}

} // namespace

double contrastRatio(const QColor &one, const QColor &other)
{
    const auto [low, high] = std::minmax({luminance(one), luminance(other)});
    return (high + 0.05) / (low + 0.05);
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

QColor toneColor(Tone tone, const QPalette &palette)
{
    if (tone == Tone::Text)
        return palette.color(QPalette::Text);
    return readable(QColor::fromRgb(schemeColor(schemeFor(palette), tone)), palette);
}

QColor selectedToneColor(Tone tone, const QPalette &palette)
{
    const QColor own = toneColor(tone, palette);
    const bool canBeRead = contrastRatio(own, palette.color(QPalette::Highlight)) >= kReadableContrast;
    return canBeRead && tone != Tone::Text ? own : palette.color(QPalette::HighlightedText);
}

Tone toneOf(Forward::State state)
{
    switch (state) {
    case Forward::State::Stopped:
        return Tone::Muted;
    case Forward::State::Starting:
        return Tone::Accent;
    case Forward::State::Running:
        return Tone::Good;
    case Forward::State::WaitingForPod:
        return Tone::Waiting;
    case Forward::State::Reconnecting:
    case Forward::State::SignInNeeded:
        return Tone::Warning;
    case Forward::State::Failed:
        return Tone::Bad;
    }
    return Tone::Text;
}

Tone toneOf(Forward::ConnectionEnd end)
{
    switch (end) {
    case Forward::ConnectionEnd::Open:
        return Tone::Good;
    case Forward::ConnectionEnd::ByProgram:
    case Forward::ConnectionEnd::ByPod:
    case Forward::ConnectionEnd::Stopped:
        return Tone::Muted;
    case Forward::ConnectionEnd::ResetLocal:
    case Forward::ConnectionEnd::ResetByPod:
        return Tone::Warning;
    case Forward::ConnectionEnd::Refused:
    case Forward::ConnectionEnd::PodGone:
    case Forward::ConnectionEnd::TunnelLost:
    case Forward::ConnectionEnd::NoTunnel:
    case Forward::ConnectionEnd::Error:
        return Tone::Bad;
    }
    return Tone::Text;
}

QPalette lightPalette()
{
    return paletteOf(kLight);
}

QPalette darkPalette()
{
    return paletteOf(kDark);
}

} // namespace Fairlead::Ui
