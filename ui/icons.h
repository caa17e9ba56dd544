#pragma once

#include "ui/theme.h"

#include <QIcon>
#include <QString>

/// Fairlead's own icons (resources/icons/NAME.svg), drawn in one colour and tinted when painted: they follow the
/// palette of the moment, also when it changes while the program runs, and are dimmed when disabled.
namespace Fairlead::Ui {

/// An icon of the set; a null icon for a name that is not in it.
[[nodiscard]] QIcon icon(const QString &name, Tone tone = Tone::Text);
/// Each state has a shape of its own beside its colour.
[[nodiscard]] QIcon icon(Forward::State state);
/// The program's own, in colour.
[[nodiscard]] QIcon applicationIcon();

} // namespace Fairlead::Ui
