#include "ui/contexts/markmenu.h"

#include "ui/contexts/contextcolors.h"
#include "ui/contexts/contextmarks.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

namespace Fairlead::Ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(MarkMenu)
};

} // namespace

void fillMarkMenu(QMenu &menu, ContextMarks &marks, const Kube::ContextRef &context)
{
    const ContextMarks::Mark mark = marks.of(context);
    auto *colors = new QActionGroup(&menu);
    const QList<ContextMarks::Color> choices = QList{ContextMarks::Color::None} + contextColors();
    for (const ContextMarks::Color color : choices) {
        QAction *action = menu.addAction(contextColorIcon(color, menu.palette()), contextColorName(color));
        action->setCheckable(true);
        action->setChecked(mark.color == color);
        colors->addAction(action);
        QObject::connect(action, &QAction::triggered, &marks,
                         [&marks, context, color] { marks.setColor(context, color); });
    }
    menu.addSeparator();
    QAction *guard = menu.addAction(Text::tr("&Protected: ask before the first start"));
    guard->setCheckable(true);
    guard->setChecked(mark.isProtected);
    QObject::connect(guard, &QAction::triggered, &marks,
                     [&marks, context](bool on) { marks.setProtected(context, on); });
}

} // namespace Fairlead::Ui
