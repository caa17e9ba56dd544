#pragma once

#include "core/kube/api/apiclient.h"
#include "core/kube/api/listwatcher.h"
#include "core/kube/objects/service.h"

#include <memory>

namespace Fairlead::Kube {

class NamespaceFeed;
class PodFeed;
class ServiceFeed;

/// The half of ClusterBrowser that lives on its own thread: one client, feeds of namespaces, pods and services, and at
/// most one question for a pod. Everything it says carries the ticket of the order that it answers, so that the other
/// side can drop what it no longer wants.
class BrowserWorker final : public QObject
{
    Q_OBJECT

public:
    explicit BrowserWorker(const ListTiming &timing);
    ~BrowserWorker() override;

    void open(const ConnectionConfig &config, int ticket);
    void listPods(const QString &namespaceName, int ticket);
    void getPod(const QString &namespaceName, const QString &pod, int ticket);
    void listServices(const QString &namespaceName, int ticket);
    void cancel();

signals:
    void namespacesChanged(int ticket, const QList<Fairlead::Kube::NamespaceRow> &namespaces, bool complete);
    void namespacesAreProjects(int ticket);
    void namespacesFailed(int ticket, const Fairlead::Kube::ApiError &error);
    void podsChanged(int ticket, const QList<Fairlead::Kube::PodRow> &rows, const QStringList &removed);
    void podsProgress(int ticket, int loaded, int expected, bool complete);
    void podsFailed(int ticket, const Fairlead::Kube::ApiError &error, int retryInMs);
    void podDetails(int ticket, const Fairlead::Kube::PodInfo &pod);
    void podDetailsFailed(int ticket, const QString &namespaceName, const QString &pod,
                          const Fairlead::Kube::ApiError &error);
    void podOwner(int ticket, const QString &namespaceName, const QString &pod, const Fairlead::Kube::TargetRef &owner);
    void servicesChanged(int ticket, const QList<Fairlead::Kube::ServiceInfo> &services);
    void servicesFailed(int ticket, const Fairlead::Kube::ApiError &error, int retryInMs);

private:
    void lookForOwner(const PodInfo &pod, int ticket);

    ListTiming m_timing;
    std::unique_ptr<ApiClient> m_client; ///< outlives what follows
    std::unique_ptr<NamespaceFeed> m_namespaces;
    std::unique_ptr<PodFeed> m_pods;
    std::unique_ptr<ServiceFeed> m_services;
    std::unique_ptr<QObject> m_podQuestion;
};

} // namespace Fairlead::Kube
