#include "ui/window/rowmenu.h"

#include "ui/forwards/describe.h"
#include "ui/window/actions.h"
#include "ui/window/forwardcommands.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

namespace Fairlead::Ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Ui::RowMenu)
};

/// A forward with several ports: each can be opened and copied by itself.
void addPorts(QMenu &menu, ForwardCommands &commands, const Forward::ForwardSnapshot &forward)
{
    const QList<LocalEnd> ends = localEnds(forward);
    if (ends.size() < 2)
        return;
    const QList<Forward::ForwardId> ids{forward.id};
    QMenu *ports = menu.addMenu(Text::tr("&Ports"));
    for (int port = 0; port < ends.size(); ++port) {
        const QString address = addressText(ends.at(port));
        if (address.isEmpty())
            continue;
        //: Menu entry; %1 is an address such as 127.0.0.1:8080.
        QObject::connect(ports->addAction(Text::tr("Open %1 in browser").arg(address)), &QAction::triggered, &commands,
                         [&commands, ids, port] { commands.openInBrowser(ids, port); });
        //: Menu entry; %1 is an address such as 127.0.0.1:8080.
        QObject::connect(ports->addAction(Text::tr("Copy %1").arg(address)), &QAction::triggered, &commands,
                         [&commands, ids, port] { commands.copyAddress(ids, port); });
    }
}

} // namespace

void fillRowMenu(QMenu &menu, const Actions &actions, ForwardCommands &commands,
                 const QList<Forward::ForwardSnapshot> &selection)
{
    const auto add = [&menu, &actions](std::initializer_list<ActionId> ids) {
        for (const ActionId id : ids)
            menu.addAction(&actions.get(id));
    };
    if (selection.isEmpty())
        return add({ActionId::NewForward});
    add({ActionId::Start, ActionId::Stop, ActionId::Retry});
    if (actions.get(ActionId::SignIn).isEnabled())
        add({ActionId::SignIn});
    menu.addSeparator();
    add({ActionId::OpenInBrowser, ActionId::CopyAddress});
    if (selection.size() == 1)
        addPorts(menu, commands, selection.first());
    add({ActionId::CopyKubectl, ActionId::CopyOc, ActionId::CopyDetails});
    menu.addSeparator();
    add({ActionId::CheckConnection});
    menu.addSeparator();
    add({ActionId::Properties, ActionId::Remove});
}

} // namespace Fairlead::Ui
