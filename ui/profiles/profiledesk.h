#pragma once

#include "ui/profiles/profilecommands.h"

#include <QObject>

namespace Fairlead::Kube {
class ContextStore;
}

namespace Fairlead::Ui {

class MessageArea;
class ProfilesMenu;
class SessionKeeper;

/// Profiles in the window, built and connected: what can be done with them, their menu, what the window had last time,
/// and what is said of all that above the table.
class ProfileDesk final : public QObject
{
    Q_OBJECT

public:
    /// The parts of the window that it works with; all of them outlive it.
    struct Parts {
        ForwardService &service;
        ForwardCommands &commands;
        const Kube::ContextStore &contexts;
        MessageArea &messages;
        QWidget &window;
    };

    /// `sessionFile`: see SessionKeeper.
    ProfileDesk(const Parts &parts, Store::ProfileFolder &folder, const QString &sessionFile,
                QObject *parent = nullptr);

    [[nodiscard]] ProfilesMenu &menu() const { return *m_menu; }
    /// Brings back what the window had last time. Once.
    void restore();
    /// Keeps what the window has now.
    void flush();

private:
    using Ids = QList<Forward::ForwardId>;

    void report();
    void offerToStart(const Ids &ran);
    /// Of these, what is there and does not run.
    [[nodiscard]] Ids idleOf(const Ids &ids) const;

    Parts m_parts;
    ProfileCommands *m_commands;
    SessionKeeper *m_session;
    ProfilesMenu *m_menu;
};

} // namespace Fairlead::Ui
