#pragma once

#include "ui/profiles/profilecommands.h"

#include <QObject>

class QTimer;

namespace Fairlead::Kube {
class ContextStore;
}

namespace Fairlead::Ui {

class ProfilesMenu;
class SideBar;

/// The profiles in the side bar: keeps them current, and does what is asked for there.
class ProfileShelf final : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        ForwardService &service;
        const Kube::ContextStore &contexts;
        Store::ProfileFolder &folder;
        ProfileStarter &starter;
        ProfileCommands &commands;
        ProfilesMenu &menu;
    };

    ProfileShelf(const Parts &parts, SideBar &sideBar, QObject *parent = nullptr);

private:
    void serve();
    void refresh();

    Parts m_parts;
    SideBar &m_sideBar;
    QTimer *m_timer;
};

} // namespace Fairlead::Ui
