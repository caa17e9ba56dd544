#include "ui/primarybutton.h"

#include "ui/theme.h"

#include <QApplication>
#include <QEvent>

namespace Fairlead::Ui {

namespace {

constexpr int kDarker = 140; ///< per cent

} // namespace

PrimaryButton::PrimaryButton(const QString &text, QWidget *parent)
    : QPushButton(text, parent)
{
    takeColors();
}

void PrimaryButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        takeColors();
}

void PrimaryButton::takeColors()
{
    const QPalette desktop = QApplication::palette();
    // Fusion brightens a button by up to a quarter and a default one by the highlight as well; white words on it
    // stay readable only if it starts darker. Dark words on the light accent of the dark scheme gain by it.
    const QColor accent =
        isDark(desktop) ? toneColor(Tone::Accent, desktop) : toneColor(Tone::Accent, desktop).darker(kDarker);
    if (testAttribute(Qt::WA_SetPalette) && palette().color(QPalette::Active, QPalette::Button) == accent)
        return; // setPalette() below comes back here
    QPalette own; // only these: the other roles keep following the application's palette and tell of its changes
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        own.setColor(group, QPalette::Button, accent);
        own.setColor(group, QPalette::Highlight, accent);
        own.setColor(group, QPalette::ButtonText,
                     isDark(desktop) ? desktop.color(QPalette::Window) : QColor(Qt::white));
    }
    setPalette(own);
}

} // namespace Fairlead::Ui
