#include "core/kube/follow/selectedpods.h"

#include "core/kube/follow/targetobject.h"
#include "core/kube/objects/podparser.h"
#include "core/kube/objects/podranking.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

SelectedPods::SelectedPods(const QString &namespaceName, const ListTiming &timing, QObject *parent)
    : QObject(parent)
    , m_namespaceName(namespaceName)
    , m_timing(timing)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &SelectedPods::run);
}

SelectedPods::~SelectedPods() = default;

void SelectedPods::start(const std::shared_ptr<ApiClient> &client, const QString &selector)
{
    m_client = client;
    m_selector = selector;
    run();
}

void SelectedPods::stop()
{
    m_again.stop();
    dropWatcher();
}

void SelectedPods::run()
{
    stop();
    ListWatcher::Target target;
    target.path = collectionPath(m_client->config(), TargetRef::Kind::Pod, m_namespaceName);
    target.query.addQueryItem(u"labelSelector"_s, m_selector);
    m_watcher = std::make_unique<ListWatcher>(*m_client, target, m_timing, nullptr);
    connect(m_watcher.get(), &ListWatcher::listing, this, [this] { m_listed.clear(); });
    connect(m_watcher.get(), &ListWatcher::page, this, &SelectedPods::takePage);
    connect(m_watcher.get(), &ListWatcher::listed, this, &SelectedPods::takeListed);
    connect(m_watcher.get(), &ListWatcher::eventArrived, this, &SelectedPods::takeEvent);
    connect(m_watcher.get(), &ListWatcher::watching, this, [this] { emit liveChanged(true); });
    connect(m_watcher.get(), &ListWatcher::watchForbidden, this, [this] { emit liveChanged(false); });
    connect(m_watcher.get(), &ListWatcher::failed, this, [this](const ApiError &error, int retryInMs) {
        if (retryInMs < 0)
            m_again.start(m_timing.pollMs);
        emit failed(error);
    });
    m_watcher->start();
}

void SelectedPods::takePage(const QJsonObject &list)
{
    const QJsonArray items = list["items"_L1].toArray();
    for (const auto &item : items) {
        const PodInfo pod = podInfoFrom(item.toObject());
        m_listed.insert(pod.name);
        m_pods.insert(pod.name, pod);
    }
}

void SelectedPods::takeListed()
{
    m_pods.removeIf(
        [this](const std::pair<const QString &, PodInfo &> &entry) { return !m_listed.contains(entry.first); });
    m_listed.clear();
    emit changed();
}

void SelectedPods::takeEvent(const WatchEvent &event)
{
    const PodInfo pod = podInfoFrom(event.object);
    if (event.type == WatchEvent::Type::Deleted) // so comes a pod whose labels no longer match, too
        m_pods.remove(pod.name);
    else
        m_pods.insert(pod.name, pod);
    emit changed();
}

QList<PodInfo> SelectedPods::pods() const
{
    QList<PodInfo> pods = m_pods.values();
    std::sort(pods.begin(), pods.end(), isBetterPod);
    return pods;
}

void SelectedPods::dropWatcher()
{
    if (!m_watcher)
        return;
    m_watcher->disconnect(this);
    m_watcher->stop();
    m_watcher->setParent(this);
    m_watcher.release()->deleteLater(); // we may be inside its signal
}

} // namespace Fairlead::Kube
