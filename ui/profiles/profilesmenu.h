#pragma once

#include "ui/profiles/profilecommands.h"

#include <QMenu>

#include <functional>

namespace Fairlead::Ui {

class ExportDesk;

/// The menu of profiles: saves the window's forwards as one, and has each with what can be done to it; the first nine
/// start by Ctrl+1 to Ctrl+9. Profiles that cannot be read are in it, too, with the reason.
class ProfilesMenu final : public QMenu
{
    Q_OBJECT

public:
    /// `window` is what questions belong to.
    ProfilesMenu(ProfileCommands &commands, Store::ProfileFolder &folder, ExportDesk &exports, QWidget &window);

    /// Asks for a name, then saves.
    void saveAs();
    /// Asks for another name.
    void rename(const QString &name);
    /// What can be done with one profile, at a global position.
    void popupFor(const QString &name, const QPoint &at);
    /// "Add to profile": each profile and a new one, for forwards that `forwards` gives when one is chosen.
    void fillAddMenu(QMenu &menu, const std::function<QList<Store::SavedForward>()> &forwards);

private:
    void refill();
    void addProfile(const Store::Profile &profile, int number, int count);
    void addStarting(QMenu &menu, const QString &name, int number);
    void addRestore(QMenu &menu, const Store::Profile &profile);
    void addPlacing(QMenu &menu, const QString &name, int number, int count);
    void addBroken(const Store::ProfileFolder::Entry &entry);
    void askForName(const QString &title, const QString &label, const QString &proposed,
                    const std::function<void(const QString &)> &then);
    void ask(const QString &question, const QString &detail, const QString &yes, const std::function<void()> &then);
    void confirmOverwrite(const QString &name, const QString &question, const std::function<void()> &then);

    ProfileCommands &m_commands;
    Store::ProfileFolder &m_folder;
    ExportDesk &m_exports;
    QWidget &m_window;
};

} // namespace Fairlead::Ui
