#include "ui/window/windowbars.h"

#include "ui/forwards/forwardsview.h"
#include "ui/primarybutton.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/tablecolumns.h"
#include "ui/window/actions.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

void addAll(QMenu &menu, const Actions &actions, std::initializer_list<ActionId> ids)
{
    for (const ActionId id : ids)
        menu.addAction(&actions.get(id));
}

} // namespace

WindowBars::WindowBars(QMainWindow &window, const Actions &actions, ForwardsView &table)
    : QObject(&window)
    , m_filter(new QLineEdit)
    , m_window(window)
{
    buildMenus(window, actions, table);
    buildToolBar(window, actions);
}

void WindowBars::buildMenus(QMainWindow &window, const Actions &actions, ForwardsView &table)
{
    using enum ActionId;
    QMenuBar &bar = *window.menuBar();
    bar.setAccessibleName(tr("Menu bar"));
    buildFileAndEdit(bar, actions);
    QMenu *forward = bar.addMenu(tr("For&ward"));
    addAll(*forward, actions, {Start, Stop, Retry, SignIn});
    forward->addSeparator();
    addAll(*forward, actions, {OpenInBrowser});
    forward->addSeparator();
    addAll(*forward, actions, {Properties, Remove});
    forward->addSeparator();
    QMenu *carrier = forward->addMenu(tr("Carried b&y"));
    addAll(*carrier, actions, {CarrierAutomatic, CarrierSpdy, CarrierWebSocket});

    QMenu *view = bar.addMenu(tr("&View"));
    m_view = view;
    addAll(*view, actions, {ShowSideBar, ShowDetails});
    QMenu *columns = view->addMenu(tr("&Columns"));
    connect(columns, &QMenu::aboutToShow, columns, [columns, &table] {
        columns->clear();
        table.columns().fillMenu(*columns);
    });
    QMenu *scheme = view->addMenu(tr("Colour sche&me"));
    addAll(*scheme, actions, {SchemeSystem, SchemeLight, SchemeDark});

    QMenu *help = bar.addMenu(tr("&Help"));
    addAll(*help, actions, {CheckConnection, Shortcuts});
    help->addSeparator();
    addAll(*help, actions, {About});
}

void WindowBars::buildFileAndEdit(QMenuBar &bar, const Actions &actions)
{
    using enum ActionId;
    QMenu *file = bar.addMenu(tr("&File"));
    addAll(*file, actions, {NewForward});
    file->addSeparator();
    addAll(*file, actions, {ImportForwards});
    file->addSeparator();
    addAll(*file, actions, {AddKubeconfig, PasteKubeconfig, ShowContexts});
    file->addSeparator();
    addAll(*file, actions, {Quit});

    QMenu *edit = bar.addMenu(tr("&Edit"));
    addAll(*edit, actions, {UndoRemove});
    edit->addSeparator();
    addAll(*edit, actions, {CopyAddress, CopyKubectl, CopyOc, CopyDetails, PasteForwards});
    edit->addSeparator();
    addAll(*edit, actions, {SelectAll, Filter});
    edit->addSeparator();
    addAll(*edit, actions, {Preferences});
}

void WindowBars::insertBeforeView(QMenu &menu)
{
    m_window.menuBar()->insertMenu(m_view->menuAction(), &menu);
}

void WindowBars::buildToolBar(QMainWindow &window, const Actions &actions)
{
    QToolBar *bar = window.addToolBar(tr("Tool bar"));
    bar->setObjectName(u"toolBar"_s);
    bar->setAccessibleName(tr("Tool bar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const int side = bar->style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, bar);
    bar->setIconSize(QSize(side, side));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    QAction &newForward = actions.get(ActionId::NewForward);
    auto *primary = new PrimaryButton(tr("New forward"));
    primary->setMinimumSize(primary->sizeHint() + QSize(16, 4));
    primary->setAccessibleName(tr("New forward"));
    primary->setToolTip(newForward.toolTip());
    connect(primary, &QPushButton::clicked, &newForward, &QAction::trigger);
    bar->addWidget(primary);
    bar->addSeparator();
    for (const ActionId id : {ActionId::Start, ActionId::Stop, ActionId::Retry, ActionId::OpenInBrowser}) {
        bar->addAction(&actions.get(id));
        if (QWidget *button = bar->widgetForAction(&actions.get(id))) {
            button->setFocusPolicy(Qt::TabFocus);
            button->setAccessibleName(actions.get(id).toolTip());
        }
    }
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    m_filter->setObjectName(u"filter"_s);
    makeFilterField(*m_filter, tr("Filter forwards…"), tr("Filter forwards"));
    m_filter->setToolTip(tr("Words to look for in name, target, namespace, context, address, state, tags and notes"));
    m_filter->setMaximumWidth(m_filter->fontMetrics().averageCharWidth() * 38);
    m_filter->installEventFilter(this);
    bar->addWidget(m_filter);
}

bool WindowBars::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape)
            m_filter->clear();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Down) {
            emit filterLeft();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Fairlead::Ui
