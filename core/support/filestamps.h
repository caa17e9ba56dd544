#pragma once

#include <QStringList>

#include <vector>

namespace Fairlead {

/// Notices that files were changed, replaced or removed, by size, time and inode. For those who look now and then on
/// any thread; who needs a signal takes QFileSystemWatcher.
class FileStamps
{
public:
    FileStamps() = default;
    /// Remembers how they are now. Names that are empty or no absolute paths are left out.
    explicit FileStamps(const QStringList &paths);

    [[nodiscard]] bool haveChanged() const;

private:
    struct Stamp {
        qint64 size = -1; ///< -1: not there
        qint64 modifiedNs = 0;
        quint64 inode = 0;

        bool operator==(const Stamp &) const = default;
    };

    [[nodiscard]] static Stamp stampOf(const QString &path);

    QStringList m_paths;
    std::vector<Stamp> m_stamps;
};

} // namespace Fairlead
