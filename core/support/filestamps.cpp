#include "core/support/filestamps.h"

#include <QFile>

#include <sys/stat.h>

namespace Fairlead {

FileStamps::FileStamps(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (!path.startsWith(u'/') || m_paths.contains(path))
            continue;
        m_paths.append(path);
        m_stamps.push_back(stampOf(path));
    }
}

bool FileStamps::haveChanged() const
{
    for (qsizetype i = 0; i < m_paths.size(); ++i) {
        if (stampOf(m_paths.at(i)) != m_stamps.at(size_t(i)))
            return true;
    }
    return false;
}

FileStamps::Stamp FileStamps::stampOf(const QString &path)
{
    constexpr qint64 NsPerSecond = 1'000'000'000;
    struct stat info {
    };
    if (::stat(QFile::encodeName(path).constData(), &info) != 0)
        return {};
    return {qint64(info.st_size), info.st_mtim.tv_sec * NsPerSecond + info.st_mtim.tv_nsec, info.st_ino};
}

} // namespace Fairlead
