#pragma once

#include "core/store/profiles/profilefile.h"

#include <QHash>
#include <QObject>

#include <optional>

class QFileSystemWatcher;
class QTimer;

namespace Fairlead::Store {

/// The user's profiles: one file each in one folder, read again whenever somebody changes something there.
///
/// A file that cannot be read is an entry with its error and stays as it is. Names are unique among what can be read;
/// of two files with one name the later by file name is an entry with an error. Lives in the window's thread; reading
/// is quick enough for it (a profile of 1,000 forwards: see tests).
class ProfileFolder final : public QObject
{
    Q_OBJECT

public:
    /// An empty path means the user's own folder (`profiles` in the program's data folder).
    explicit ProfileFolder(const QString &path = {}, QObject *parent = nullptr);
    ~ProfileFolder() override;

    struct Entry {
        QString file; ///< path
        QString name; ///< the profile's, or the file's if it cannot be read
        Profile profile;
        std::optional<ProfileError> error;
    };
    /// By name, as people sort.
    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }
    [[nodiscard]] const Entry *find(const QString &name) const;
    [[nodiscard]] QString path() const { return m_path; }

    /// A new profile or the next version of one that this object has read. Refused when its file changed meanwhile.
    [[nodiscard]] std::optional<SaveError> save(const Profile &profile);
    /// The same, whatever its file is now.
    [[nodiscard]] std::optional<SaveError> overwrite(const Profile &profile);
    /// Refused if there is no such profile, the new name is taken, or it cannot be written. The file keeps its name:
    /// whoever has it under version control finds it again.
    [[nodiscard]] std::optional<SaveError> rename(const QString &from, const QString &to);
    /// Gives what the file was, for putBack().
    struct Removed {
        QString file;
        QByteArray bytes;
    };
    [[nodiscard]] std::optional<Removed> remove(const QString &name);
    [[nodiscard]] bool putBack(const Removed &removed);
    /// What the file is now; nothing if there is no such profile.
    [[nodiscard]] std::optional<Removed> copyOf(const QString &name) const;
    /// Makes a file what it was. Refused if it is not what this object has read or written last.
    [[nodiscard]] bool revert(const Removed &before);
    /// Reads the folder now.
    void reload();

signals:
    void changed();

private:
    [[nodiscard]] QString fileFor(const QString &name) const;
    [[nodiscard]] std::optional<SaveError> took(const Result<QByteArray, SaveError> &written);
    void watch();

    QString m_path;
    QList<Entry> m_entries;
    QHash<QString, QByteArray> m_bytes; ///< of each file, when it was last read or written
    QFileSystemWatcher *m_watcher;
    QTimer *m_reloadTimer;
};

} // namespace Fairlead::Store
