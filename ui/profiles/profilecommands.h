#pragma once

#include "core/store/profiles/profilefolder.h"
#include "core/store/profiles/profileplan.h"
#include "ui/window/forwardservice.h"

#include <QObject>

#include <functional>

namespace Fairlead::Ui {

class ForwardCommands;

/// What can be done with profiles in the window: keep the forwards that are there as one, bring those of one back.
/// Reports in sentences; asks nothing.
class ProfileCommands final : public QObject
{
    Q_OBJECT

public:
    /// Its forwards are added by this class.
    using ContextsHere = std::function<Store::Surroundings()>;

    ProfileCommands(ForwardService &service, ForwardCommands &commands, Store::ProfileFolder &folder,
                    ContextsHere contextsHere, QObject *parent = nullptr);

    /// All forwards of the window, as a profile.
    [[nodiscard]] Store::Profile current(const QString &name) const;
    /// Keeps them under this name, in place of an older version; what that has besides (restore policy, unknown keys)
    /// stays.
    void save(const QString &name);
    /// The same, though somebody else has changed the file meanwhile.
    void overwrite(const QString &name);
    /// Adds those that are not there yet, and starts those that ran when it was saved.
    void start(const QString &name);
    /// The same, and takes away what does not belong to it (which can be undone as any removing).
    void switchTo(const QString &name);
    void rename(const QString &from, const QString &to);
    void remove(const QString &name);
    void undoRemove();

    /// Adds forwards without starting any; the ids of those that ran.
    [[nodiscard]] QList<Forward::ForwardId> bringBack(const Store::Profile &profile);

signals:
    /// A short-lived remark, for the status bar.
    void notice(const QString &text);
    /// Something could not be done, or not all of it: a sentence, and lines below it.
    void problem(const QString &text, const QString &detail);
    /// save() found that somebody else has changed the file.
    void changedOutside(const QString &name);
    /// `text` is empty when there is nothing to bring back.
    void removedChanged(const QString &text);

private:
    struct Brought {
        QList<Forward::ForwardId> all;
        QList<Forward::ForwardId> ran;
        QStringList remarks; ///< how contexts were found, or not
        int lost = 0; ///< of them without a context here
    };

    [[nodiscard]] Brought bring(const Store::Profile &profile);
    void startBrought(const QString &name, const Brought &brought);
    void report(const QString &name, const std::optional<Store::SaveError> &error);

    ForwardService &m_service;
    ForwardCommands &m_commands;
    Store::ProfileFolder &m_folder;
    ContextsHere m_contextsHere;
    std::optional<Store::ProfileFolder::Removed> m_removed;
};

} // namespace Fairlead::Ui
