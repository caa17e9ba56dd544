#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QColor>
#include <QPalette>

/// The few colours that Fairlead adds to those of the desktop, and palettes of its own for where a desktop has none.
///
/// Everything here is computed from a palette when it is asked for, so that nothing keeps a colour of a scheme that is
/// gone. Colour never says anything alone: a word or a shape says the same.
namespace Fairlead::Ui {

enum class Tone {
    Text, ///< what the palette says
    Muted, ///< second lines, units, hints
    Accent, ///< links, addresses, something under way
    Good, ///< runs
    Waiting, ///< fine, but not yet
    Warning, ///< trouble that may pass, or that the user can end
    Bad ///< will not get better alone
};

/// WCAG 2.1 asks this much of text of ordinary size against what is behind it (success criterion 1.4.3).
inline constexpr double kReadableContrast = 4.5;

/// From 1 (same) to 21 (black on white), as WCAG 2.1 defines it.
[[nodiscard]] double contrastRatio(const QColor &one, const QColor &other);

[[nodiscard]] bool isDark(const QPalette &palette);

/// At least kReadableContrast on the window, on the base and on the selection of our own palettes; with a palette of
/// the desktop at least on its window and base.
[[nodiscard]] QColor toneColor(Tone tone, const QPalette &palette);
/// What to use for the same tone on a selected row: the tone's own colour where it can be read there, else the
/// palette's HighlightedText.
[[nodiscard]] QColor selectedToneColor(Tone tone, const QPalette &palette);

[[nodiscard]] Tone toneOf(Forward::State state);
[[nodiscard]] Tone toneOf(Forward::ConnectionEnd end);

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

} // namespace Fairlead::Ui
