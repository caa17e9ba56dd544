#include "core/democluster/server/watchstream.h"

#include <utility>

namespace Fairlead::Demo {

WatchStream::WatchStream(WatchPlan plan, const ObjectStore &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_feed(std::move(plan), store, clock)
{
    connect(&store, &ObjectStore::changed, this, &WatchStream::schedulePull);
    connect(&m_bookmarks, &QTimer::timeout, this, &WatchStream::sendBookmark);
    connect(&m_timeout, &QTimer::timeout, this, &WatchStream::finish);
    m_timeout.setSingleShot(true);
}

void WatchStream::begin()
{
    m_bookmarks.start(BookmarkMs);
    m_timeout.start(m_feed.plan().timeoutSeconds * 1000);
    pull();
}

void WatchStream::setPaused(bool paused)
{
    m_paused = paused;
    pull();
}

void WatchStream::setBlocked(bool blocked)
{
    if (std::exchange(m_blocked, blocked) && !blocked)
        schedulePull();
}

/// Everything that changes in one round of the event loop goes out in one piece.
void WatchStream::schedulePull()
{
    if (!std::exchange(m_scheduled, true))
        QMetaObject::invokeMethod(this, &WatchStream::pull, Qt::QueuedConnection);
}

void WatchStream::pull()
{
    m_scheduled = false;
    while (!m_paused && !m_blocked && m_timeout.isActive()) {
        const QByteArray text = m_feed.take();
        if (text.isEmpty())
            break;
        emit lines(text);
    }
    if (m_feed.isOver())
        finish();
}

void WatchStream::sendBookmark()
{
    if (m_paused || m_blocked)
        return;
    const QByteArray text = m_feed.bookmark();
    if (!text.isEmpty())
        emit lines(text);
}

void WatchStream::finish()
{
    sendBookmark(); // the last word is the version from which the client can resume
    m_bookmarks.stop();
    m_timeout.stop(); // also says that it is over
    emit finished();
}

} // namespace Fairlead::Demo
