#pragma once

#include "core/support/clock.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QMutex>
#include <QString>

namespace Fairlead::Kube {

/// Bearer tokens that live in files and are rotated there. A file is read again when its time or size changed, and in
/// any case after 50 s, which is client-go's period (60 s less 10 s leeway). While it cannot be read, or is empty, the
/// last token stands. Any thread.
class TokenFiles
{
public:
    explicit TokenFiles(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// The token without the space around it; empty when there never was one.
    [[nodiscard]] QByteArray token(const QString &path);

private:
    struct Entry {
        QByteArray token;
        QDateTime modified;
        qint64 size = -1;
        qint64 readAtMs = 0;
    };

    [[nodiscard]] bool isFresh(const QString &path, const Entry &entry) const;

    const Clock &m_clock;
    QMutex m_mutex;
    QHash<QString, Entry> m_entries;
};

} // namespace Fairlead::Kube
