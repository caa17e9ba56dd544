#pragma once

#include "core/kube/api/listwatcher.h"
#include "core/kube/api/throttle.h"

#include <QMap>
#include <QSet>

#include <memory>
#include <optional>

namespace Fairlead::Kube {

/// The namespaces that the user may see, live. Who may not list namespaces is given the projects of OpenShift, which
/// are those he has a right to; where there are none, the first refusal stands. Lives in the client's thread.
class NamespaceFeed final : public QObject
{
    Q_OBJECT

public:
    NamespaceFeed(ApiClient &client, const ListTiming &timing, QObject *parent);

    void start();

signals:
    /// Comes once, before the first list of projects.
    void fellBackToProjects();
    void changed(const QList<Fairlead::Kube::NamespaceRow> &namespaces, bool complete);
    void failed(const Fairlead::Kube::ApiError &error);

private:
    void watch(const QStringList &segments);
    void takePage(const QJsonObject &list);
    void takeListed();
    void takeEvent(const WatchEvent &event);
    void takeFailure(const ApiError &error);
    void put(const QJsonObject &object);
    void deliver();

    ApiClient &m_client;
    ListTiming m_timing;
    Throttle m_throttle;
    std::unique_ptr<ListWatcher> m_watcher;
    QMap<QString, NamespaceRow> m_rows;
    QSet<QString> m_listed;
    std::optional<ApiError> m_refusal; ///< of the namespaces; then the watcher is at the projects
    bool m_complete = false;
    bool m_saidProjects = false;
};

} // namespace Fairlead::Kube
