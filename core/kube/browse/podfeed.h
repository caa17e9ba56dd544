#pragma once

#include "core/kube/api/listwatcher.h"
#include "core/kube/api/throttle.h"
#include "core/kube/browse/podcache.h"
#include "core/kube/objects/podtable.h"

namespace Fairlead::Kube {

/// The pods of one namespace or of all, live: reads Tables with metadata only, and tells differences in batches.
/// Stops when it is destroyed. Lives in the client's thread.
class PodFeed final : public QObject
{
    Q_OBJECT

public:
    /// An empty name means all namespaces.
    PodFeed(ApiClient &client, const QString &namespaceName, const ListTiming &timing, QObject *parent);

    void start();

signals:
    void changed(const QList<Fairlead::Kube::PodRow> &rows, const QStringList &removed);
    /// As ClusterBrowser::podsProgress(); once more, complete, when a failure is over.
    void progress(int loaded, int expected, bool complete);
    void failed(const Fairlead::Kube::ApiError &error, int retryInMs);

private:
    void takePage(const QJsonObject &list, int remaining);
    void takeEvent(const WatchEvent &event);
    void deliver();

    ListWatcher m_watcher;
    PodTable m_table;
    PodCache m_cache;
    Throttle m_throttle;
    int m_loaded = 0;
    int m_expected = -1;
    bool m_listedOnce = false;
    bool m_progressDue = true;
};

} // namespace Fairlead::Kube
