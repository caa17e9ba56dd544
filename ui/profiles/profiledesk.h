#pragma once

#include "ui/profiles/profilecommands.h"

#include <QObject>

#include <optional>

namespace Fairlead::Kube {
class ContextStore;
}
namespace Fairlead::Store {
struct MovedSession;
}

namespace Fairlead::Ui {

class ContextMarks;
class ExportDesk;
class ImportDesk;
class MessageArea;
class ProfilesMenu;
class SessionKeeper;
class SideBar;

/// Profiles in the window, built and connected: what can be done with them, their menu, what comes back at the start of
/// the program, and what is said of all that above the table.
class ProfileDesk final : public QObject
{
    Q_OBJECT

public:
    /// The parts of the window that it works with; all of them outlive it.
    struct Parts {
        ForwardService &service;
        ForwardCommands &commands;
        const Kube::ContextStore &contexts;
        const ContextMarks &marks;
        Store::Settings &settings;
        MessageArea &messages;
        SideBar &sideBar;
        QWidget &window;
    };

    /// `sessionFile`: see SessionKeeper.
    ProfileDesk(const Parts &parts, Store::ProfileFolder &folder, const QString &sessionFile,
                QObject *parent = nullptr);

    [[nodiscard]] ProfilesMenu &menu() const { return *m_menu; }
    [[nodiscard]] ProfileCommands &commands() const { return *m_commands; }
    [[nodiscard]] ImportDesk &importDesk() const { return *m_import; }
    [[nodiscard]] ProfileStarter &starter() const { return *m_starter; }
    /// Brings back what the window had last time and what profiles say, as the user wants it. Once.
    /// What another engine has handed over (`moved`) is as it was there, whatever those say.
    void restore(const Store::MovedSession *moved);
    /// Keeps what the window has now. A sentence if that fails.
    std::optional<QString> flush();

private:
    using Ids = QList<Forward::ForwardId>;

    [[nodiscard]] Store::Surroundings contextsHere() const;
    [[nodiscard]] Ids withoutMoved(Ids ids) const;
    void report();
    void takeMoved(const Store::MovedSession &moved);
    void restoreSession();
    void restoreProfiles();
    void startUnattended(const Ids &ids);
    void offerProfile(const QString &name);
    void offer(const QString &key, const QString &text, const QString &action, const Ids &ids);
    void withdrawDone();

    Parts m_parts;
    ProfileStarter *m_starter;
    ProfileCommands *m_commands;
    SessionKeeper *m_session;
    ExportDesk *m_export;
    ProfilesMenu *m_menu;
    ImportDesk *m_import;
    Ids m_moved; ///< that another engine had: policies do not start them
    QHash<QString, Ids> m_offers; ///< by the key of their notice
};

} // namespace Fairlead::Ui
