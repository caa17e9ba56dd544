#pragma once

#include "core/kube/api/listwatcher.h"
#include "core/kube/api/throttle.h"
#include "core/kube/objects/service.h"

#include <QMap>
#include <QSet>

namespace Fairlead::Kube {

/// The services of one namespace or of all, live; there are few of them, so all are told each time. Stops when it is
/// destroyed. Lives in the client's thread.
class ServiceFeed final : public QObject
{
    Q_OBJECT

public:
    /// An empty name means all namespaces.
    ServiceFeed(ApiClient &client, const QString &namespaceName, const ListTiming &timing, QObject *parent);

    void start();

signals:
    /// In order of namespace and name; not before the first list is complete.
    void changed(const QList<Fairlead::Kube::ServiceInfo> &services);
    void failed(const Fairlead::Kube::ApiError &error, int retryInMs);

private:
    void put(const QJsonObject &object);
    void takeListed();
    void takeEvent(const WatchEvent &event);

    ListWatcher m_watcher;
    Throttle m_throttle;
    QMap<QString, ServiceInfo> m_services; ///< by "namespace/name"
    QSet<QString> m_listed;
    bool m_listedOnce = false;
};

} // namespace Fairlead::Kube
