#include "ui/primarybutton.h"

#include "ui/theme.h"

#include <QApplication>
#include <QEvent>

namespace Fairlead::Ui {

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
    const QColor accent = toneColor(Tone::Accent, desktop);
    if (testAttribute(Qt::WA_SetPalette) && palette().color(QPalette::Active, QPalette::Button) == accent)
        return; // setPalette() below comes back here
    QPalette own; // only these two: the other roles keep following the application's palette and tell of its changes
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        own.setColor(group, QPalette::Button, accent);
        own.setColor(group, QPalette::ButtonText,
                     isDark(desktop) ? desktop.color(QPalette::Window) : QColor(Qt::white));
    }
    setPalette(own);
}

} // namespace Fairlead::Ui
