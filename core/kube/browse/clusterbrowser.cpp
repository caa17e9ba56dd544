#include "core/kube/browse/clusterbrowser.h"

#include "core/kube/browse/browserworker.h"

#include <QThread>

namespace Fairlead::Kube {

class ClusterBrowser::Private
{
public:
    QThread thread;
    BrowserWorker *worker = nullptr; ///< lives in `thread`, ends with it
    // Tickets of the orders whose answers are wanted; each new order takes the next number.
    int lastTicket = 0;
    int clusterTicket = 0;
    int podsTicket = 0;
    int podTicket = 0;
    int servicesTicket = 0;

    void forgetAll() { clusterTicket = podsTicket = podTicket = servicesTicket = ++lastTicket; }

    template <typename Order>
    void post(Order order)
    {
        QMetaObject::invokeMethod(
            worker, [this, order] { order(*worker); }, Qt::QueuedConnection);
    }
};

ClusterBrowser::ClusterBrowser(QObject *parent, const ListTiming &timing)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->worker = new BrowserWorker(timing);
    d->worker->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->worker, &QObject::deleteLater);
    connectNamespaces();
    connectPods();
    connectPod();
    connectServices();
    d->thread.setObjectName(QStringLiteral("cluster browser"));
    d->thread.start();
}

ClusterBrowser::~ClusterBrowser()
{
    d->thread.quit();
    d->thread.wait();
}

void ClusterBrowser::connectNamespaces()
{
    connect(d->worker, &BrowserWorker::namespacesChanged, this,
            [this](int ticket, const QList<NamespaceRow> &namespaces, bool complete) {
                if (ticket == d->clusterTicket)
                    emit namespacesChanged(namespaces, complete);
            });
    connect(d->worker, &BrowserWorker::namespacesAreProjects, this, [this](int ticket) {
        if (ticket == d->clusterTicket)
            emit namespacesAreProjects();
    });
    connect(d->worker, &BrowserWorker::namespacesFailed, this, [this](int ticket, const ApiError &error) {
        if (ticket == d->clusterTicket)
            emit namespacesFailed(error);
    });
}

void ClusterBrowser::connectPods()
{
    connect(d->worker, &BrowserWorker::podsChanged, this,
            [this](int ticket, const QList<PodRow> &rows, const QStringList &removed) {
                if (ticket == d->podsTicket)
                    emit podsChanged(rows, removed);
            });
    connect(d->worker, &BrowserWorker::podsProgress, this, [this](int ticket, int loaded, int expected, bool complete) {
        if (ticket == d->podsTicket)
            emit podsProgress(loaded, expected, complete);
    });
    connect(d->worker, &BrowserWorker::podsFailed, this, [this](int ticket, const ApiError &error, int retryInMs) {
        if (ticket == d->podsTicket)
            emit podsFailed(error, retryInMs);
    });
}

void ClusterBrowser::connectPod()
{
    connect(d->worker, &BrowserWorker::podDetails, this, [this](int ticket, const PodInfo &pod) {
        if (ticket == d->podTicket)
            emit podDetails(pod);
    });
    connect(d->worker, &BrowserWorker::podOwner, this,
            [this](int ticket, const QString &namespaceName, const QString &pod, const TargetRef &owner) {
                if (ticket == d->podTicket)
                    emit podOwner(namespaceName, pod, owner);
            });
    connect(d->worker, &BrowserWorker::podDetailsFailed, this,
            [this](int ticket, const QString &namespaceName, const QString &pod, const ApiError &error) {
                if (ticket == d->podTicket)
                    emit podDetailsFailed(namespaceName, pod, error);
            });
}

void ClusterBrowser::connectServices()
{
    connect(d->worker, &BrowserWorker::servicesChanged, this, [this](int ticket, const QList<ServiceInfo> &services) {
        if (ticket == d->servicesTicket)
            emit servicesChanged(services);
    });
    connect(d->worker, &BrowserWorker::servicesFailed, this, [this](int ticket, const ApiError &error, int retryInMs) {
        if (ticket == d->servicesTicket)
            emit servicesFailed(error, retryInMs);
    });
}

void ClusterBrowser::open(const ConnectionConfig &config)
{
    d->forgetAll();
    d->post([config, ticket = d->clusterTicket](BrowserWorker &worker) { worker.open(config, ticket); });
    emit podsReset();
}

void ClusterBrowser::choosePodsOf(const QString &namespaceName)
{
    d->podsTicket = d->podTicket = ++d->lastTicket;
    d->post([namespaceName, ticket = d->podsTicket](BrowserWorker &worker) { worker.listPods(namespaceName, ticket); });
    emit podsReset();
}

void ClusterBrowser::requestPod(const QString &namespaceName, const QString &pod)
{
    d->podTicket = ++d->lastTicket;
    d->post([namespaceName, pod, ticket = d->podTicket](BrowserWorker &worker) {
        worker.getPod(namespaceName, pod, ticket);
    });
}

void ClusterBrowser::chooseServicesOf(const QString &namespaceName)
{
    d->servicesTicket = ++d->lastTicket;
    d->post([namespaceName, ticket = d->servicesTicket](BrowserWorker &worker) {
        worker.listServices(namespaceName, ticket);
    });
}

void ClusterBrowser::cancel()
{
    d->forgetAll();
    d->post([](BrowserWorker &worker) { worker.cancel(); });
}

} // namespace Fairlead::Kube
