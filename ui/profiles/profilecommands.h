#pragma once

#include "core/store/profiles/profilefolder.h"
#include "ui/profiles/profilestarter.h"

#include <QObject>

#include <optional>

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

/// What can be done with the user's profiles: keep the window's forwards as one, change them, put them in order. What
/// was lost by it comes back with undo(). Reports in sentences; asks nothing.
class ProfileCommands final : public QObject
{
    Q_OBJECT

public:
    ProfileCommands(ProfileStarter &starter, Store::ProfileFolder &folder, Store::Settings &settings,
                    QObject *parent = nullptr);

    /// Of those that can be read, in the user's order.
    [[nodiscard]] QStringList names() const;
    /// Null if there is none.
    [[nodiscard]] const Store::Profile *find(const QString &name) const;

    void start(const QString &name);
    void switchTo(const QString &name);
    /// Keeps the window's forwards under this name, in place of an older version; what that has besides (restore
    /// policy, unknown keys) stays.
    void save(const QString &name);
    /// The same, though somebody else has changed the file meanwhile.
    void overwrite(const QString &name);
    /// Adds forwards that the profile does not have yet. Makes the profile if there is none of that name.
    void add(const QString &name, const QList<Store::SavedForward> &forwards);
    void setRestore(const QString &name, Store::Restore restore);
    void rename(const QString &from, const QString &to);
    /// As "NAME (copy)".
    void duplicate(const QString &name);
    void remove(const QString &name);
    /// Places up (negative) or down.
    void move(const QString &name, int places);
    void undo();

signals:
    /// A short-lived remark, for the status bar.
    void notice(const QString &text);
    /// Something could not be done: a sentence, and lines below it.
    void problem(const QString &text, const QString &detail);
    /// save() found that somebody else has changed the file.
    void changedOutside(const QString &name);
    /// `text` is empty when there is nothing to bring back.
    void undoChanged(const QString &text);
    /// names() has another order.
    void reordered();

private:
    struct Lost {
        Store::ProfileFolder::Removed before;
        bool removed = false; ///< the file is gone; otherwise it holds something else
    };

    [[nodiscard]] Store::Profile next(const QString &name) const;
    void report(const QString &name, const std::optional<Store::SaveError> &error);
    void replace(const Store::Profile &profile, const QString &notice);
    void offerUndo(const std::optional<Store::ProfileFolder::Removed> &before, bool removed, const QString &text);

    ProfileStarter &m_starter;
    Store::ProfileFolder &m_folder;
    Store::Settings &m_settings;
    std::optional<Lost> m_lost;
};

} // namespace Fairlead::Ui
