#include "core/kube/config/tokenfiles.h"

#include <QFile>
#include <QFileInfo>
#include <QMutexLocker>

namespace Fairlead::Kube {

namespace {

constexpr qint64 LongestTrustMs = 50'000;
/// A token has a few KiB; a path that leads to something huge must not fill the memory.
constexpr qint64 MaxTokenBytes = 1024 * 1024;

} // namespace

QByteArray TokenFiles::token(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    Entry &entry = m_entries[path];
    if (isFresh(path, entry))
        return entry.token;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return entry.token;
    const QByteArray content = file.read(MaxTokenBytes).trimmed();
    if (content.isEmpty())
        return entry.token;
    const QFileInfo info(path);
    entry = {content, info.lastModified(), info.size(), m_clock.monotonicMs()};
    return entry.token;
}

bool TokenFiles::isFresh(const QString &path, const Entry &entry) const
{
    if (entry.size < 0 || m_clock.monotonicMs() - entry.readAtMs >= LongestTrustMs)
        return false;
    const QFileInfo info(path);
    return info.lastModified() == entry.modified && info.size() == entry.size;
}

} // namespace Fairlead::Kube
