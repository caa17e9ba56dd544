#include "core/kube/browse/servicefeed.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

ListWatcher::Target serviceTarget(const ConnectionConfig &config, const QString &namespaceName)
{
    QStringList segments{u"api"_s, u"v1"_s};
    if (!namespaceName.isEmpty())
        segments << u"namespaces"_s << namespaceName;
    segments << u"services"_s;
    ListWatcher::Target target;
    target.path = apiPath(config, segments);
    return target;
}

QString keyOf(const ServiceInfo &service)
{
    return service.namespaceName + u'/' + service.name;
}

} // namespace

ServiceFeed::ServiceFeed(ApiClient &client, const QString &namespaceName, const ListTiming &timing, QObject *parent)
    : QObject(parent)
    , m_watcher(client, serviceTarget(client.config(), namespaceName), timing, this)
    , m_throttle(timing.deliverMs, this)
{
    connect(&m_watcher, &ListWatcher::listing, this, [this] { m_listed.clear(); });
    connect(&m_watcher, &ListWatcher::page, this, [this](const QJsonObject &list) {
        const QJsonArray items = list["items"_L1].toArray();
        for (const auto &item : items)
            put(item.toObject());
    });
    connect(&m_watcher, &ListWatcher::listed, this, &ServiceFeed::takeListed);
    connect(&m_watcher, &ListWatcher::eventArrived, this, &ServiceFeed::takeEvent);
    connect(&m_watcher, &ListWatcher::failed, this, &ServiceFeed::failed);
    connect(&m_throttle, &Throttle::due, this, [this] {
        if (m_listedOnce)
            emit changed(m_services.values());
    });
}

void ServiceFeed::start()
{
    m_watcher.start();
}

void ServiceFeed::put(const QJsonObject &object)
{
    const ServiceInfo service = serviceInfoFrom(object);
    if (service.name.isEmpty())
        return;
    m_listed.insert(keyOf(service));
    m_services.insert(keyOf(service), service);
}

void ServiceFeed::takeListed()
{
    m_services.removeIf([this](const auto &entry) { return !m_listed.contains(entry.key()); });
    m_listedOnce = true;
    m_throttle.force();
}

void ServiceFeed::takeEvent(const WatchEvent &event)
{
    if (event.type == WatchEvent::Type::Deleted)
        m_services.remove(keyOf(serviceInfoFrom(event.object)));
    else
        put(event.object);
    m_throttle.request();
}

} // namespace Fairlead::Kube
