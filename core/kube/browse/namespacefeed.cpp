#include "core/kube/browse/namespacefeed.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

NamespaceFeed::NamespaceFeed(ApiClient &client, const ListTiming &timing, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_timing(timing)
    , m_throttle(timing.deliverMs, this)
{
    connect(&m_throttle, &Throttle::due, this, &NamespaceFeed::deliver);
}

void NamespaceFeed::start()
{
    watch({u"api"_s, u"v1"_s, u"namespaces"_s});
}

void NamespaceFeed::watch(const QStringList &segments)
{
    ListWatcher::Target target;
    target.path = apiPath(m_client.config(), segments);
    m_watcher = std::make_unique<ListWatcher>(m_client, target, m_timing, nullptr);
    connect(m_watcher.get(), &ListWatcher::listing, this, [this] { m_listed.clear(); });
    connect(m_watcher.get(), &ListWatcher::page, this, &NamespaceFeed::takePage);
    connect(m_watcher.get(), &ListWatcher::listed, this, &NamespaceFeed::takeListed);
    connect(m_watcher.get(), &ListWatcher::eventArrived, this, &NamespaceFeed::takeEvent);
    connect(m_watcher.get(), &ListWatcher::failed, this, &NamespaceFeed::takeFailure);
    connect(m_watcher.get(), &ListWatcher::recovered, &m_throttle, &Throttle::request);
    m_watcher->start();
}

void NamespaceFeed::put(const QJsonObject &object)
{
    const QString name = object["metadata"_L1].toObject()["name"_L1].toString();
    if (name.isEmpty())
        return;
    const bool terminating = object["status"_L1].toObject()["phase"_L1].toString() == "Terminating"_L1;
    m_rows.insert(name, {name, terminating});
    m_listed.insert(name);
}

void NamespaceFeed::takePage(const QJsonObject &list)
{
    if (m_refusal && !std::exchange(m_saidProjects, true))
        emit fellBackToProjects();
    const QJsonArray items = list["items"_L1].toArray();
    for (const auto &item : items)
        put(item.toObject());
    m_throttle.request();
}

void NamespaceFeed::takeListed()
{
    m_rows.removeIf(
        [this](const std::pair<const QString &, NamespaceRow &> &row) { return !m_listed.contains(row.first); });
    m_complete = true;
    m_throttle.force();
}

void NamespaceFeed::takeEvent(const WatchEvent &event)
{
    if (event.type == WatchEvent::Type::Deleted)
        m_rows.remove(event.object["metadata"_L1].toObject()["name"_L1].toString());
    else
        put(event.object);
    m_throttle.request();
}

void NamespaceFeed::takeFailure(const ApiError &error)
{
    if (m_refusal) { // neither the one nor the other
        const bool helps = error.kind != ApiError::Kind::Forbidden && error.kind != ApiError::Kind::NotFound;
        emit failed(helps ? error : *m_refusal);
        return;
    }
    if (error.kind != ApiError::Kind::Forbidden) {
        emit failed(error);
        return;
    }
    m_refusal = error;
    // The watcher that speaks here must not be destroyed before it has finished speaking.
    m_watcher.release()->deleteLater();
    watch({u"apis"_s, u"project.openshift.io"_s, u"v1"_s, u"projects"_s});
}

void NamespaceFeed::deliver()
{
    emit changed(m_rows.values(), m_complete);
}

} // namespace Fairlead::Kube
