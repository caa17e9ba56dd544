#include "core/kube/browse/browserworker.h"

#include "core/kube/browse/namespacefeed.h"
#include "core/kube/browse/podfeed.h"
#include "core/kube/browse/servicefeed.h"
#include "core/kube/follow/ownersearch.h"

namespace Fairlead::Kube {

BrowserWorker::BrowserWorker(const ListTiming &timing)
    : m_timing(timing)
{
}

BrowserWorker::~BrowserWorker() = default;

void BrowserWorker::open(const ConnectionConfig &config, int ticket)
{
    cancel();
    m_client = std::make_unique<ApiClient>(config);
    m_namespaces = std::make_unique<NamespaceFeed>(*m_client, m_timing, nullptr);
    connect(m_namespaces.get(), &NamespaceFeed::changed, this,
            [this, ticket](const QList<NamespaceRow> &rows, bool complete) {
                emit namespacesChanged(ticket, rows, complete);
            });
    connect(m_namespaces.get(), &NamespaceFeed::fellBackToProjects, this,
            [this, ticket] { emit namespacesAreProjects(ticket); });
    connect(m_namespaces.get(), &NamespaceFeed::failed, this,
            [this, ticket](const ApiError &error) { emit namespacesFailed(ticket, error); });
    m_namespaces->start();
}

void BrowserWorker::listPods(const QString &namespaceName, int ticket)
{
    m_pods.reset();
    if (!m_client)
        return;
    m_pods = std::make_unique<PodFeed>(*m_client, namespaceName, m_timing, nullptr);
    connect(m_pods.get(), &PodFeed::changed, this,
            [this, ticket](const QList<PodRow> &rows, const QStringList &removed) {
                emit podsChanged(ticket, rows, removed);
            });
    connect(m_pods.get(), &PodFeed::progress, this, [this, ticket](int loaded, int expected, bool complete) {
        emit podsProgress(ticket, loaded, expected, complete);
    });
    connect(m_pods.get(), &PodFeed::failed, this,
            [this, ticket](const ApiError &error, int retryInMs) { emit podsFailed(ticket, error, retryInMs); });
    m_pods->start();
}

void BrowserWorker::getPod(const QString &namespaceName, const QString &pod, int ticket)
{
    if (!m_client)
        return;
    m_podQuestion = std::make_unique<QObject>(); // the former question's answer has nobody to go to now
    m_client->getPod(namespaceName, pod, m_podQuestion.get(),
                     [this, namespaceName, pod, ticket](const Result<PodInfo, ApiError> &answer) {
                         if (!answer) {
                             emit podDetailsFailed(ticket, namespaceName, pod, answer.error());
                             return;
                         }
                         emit podDetails(ticket, *answer);
                         lookForOwner(*answer, ticket);
                     });
}

void BrowserWorker::lookForOwner(const PodInfo &pod, int ticket)
{
    findOwner(*m_client, pod, m_podQuestion.get(), [this, pod, ticket](const std::optional<TargetRef> &owner) {
        if (owner)
            emit podOwner(ticket, pod.namespaceName, pod.name, *owner);
    });
}

void BrowserWorker::listServices(const QString &namespaceName, int ticket)
{
    m_services.reset();
    if (!m_client)
        return;
    m_services = std::make_unique<ServiceFeed>(*m_client, namespaceName, m_timing, nullptr);
    connect(m_services.get(), &ServiceFeed::changed, this,
            [this, ticket](const QList<ServiceInfo> &services) { emit servicesChanged(ticket, services); });
    connect(m_services.get(), &ServiceFeed::failed, this,
            [this, ticket](const ApiError &error, int retryInMs) { emit servicesFailed(ticket, error, retryInMs); });
    m_services->start();
}

void BrowserWorker::cancel()
{
    m_podQuestion.reset();
    m_services.reset();
    m_pods.reset();
    m_namespaces.reset();
    m_client.reset();
}

} // namespace Fairlead::Kube
