#pragma once

#include "core/democluster/api/watchfeed.h"

#include <QObject>
#include <QTimer>

namespace Fairlead::Demo {

/// Keeps one watch going: pulls lines when the store changes, adds bookmarks, ends after its timeout. Lives as long as
/// the connection that it feeds, in the cluster's thread.
class WatchStream final : public QObject
{
    Q_OBJECT

public:
    /// About as often as a real server sends them.
    static constexpr int BookmarkMs = 60 * 1000;

    WatchStream(WatchPlan plan, const ObjectStore &store, const Clock &clock, QObject *parent);
    /// Sends what there is at once; call after the signals are connected.
    void begin();
    /// While paused nothing is sent; what changes meanwhile comes afterwards.
    void setPaused(bool paused);
    /// The same while the client has too much to read: it gets the rest when it has read that, or a 410 when it is too
    /// far behind by then.
    void setBlocked(bool blocked);

signals:
    void lines(const QByteArray &text);
    void finished();

private:
    void schedulePull();
    void pull();
    void sendBookmark();
    void finish();

    WatchFeed m_feed;
    QTimer m_bookmarks;
    QTimer m_timeout;
    bool m_paused = false;
    bool m_blocked = false;
    bool m_scheduled = false;
};

} // namespace Fairlead::Demo
