#include "core/kube/browse/podfeed.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// More rows at once would keep the window's thread busy for longer than a frame.
constexpr qsizetype MaxRowsAtOnce = 2000;

ListWatcher::Target podTarget(const ConnectionConfig &config, const QString &namespaceName)
{
    ListWatcher::Target target;
    const QStringList segments = namespaceName.isEmpty()
        ? QStringList{u"api"_s, u"v1"_s, u"pods"_s}
        : QStringList{u"api"_s, u"v1"_s, u"namespaces"_s, namespaceName, u"pods"_s};
    target.path = apiPath(config, segments);
    // Plain JSON comes second, for servers and proxies that know no Tables.
    target.accept = "application/json;as=Table;v=v1;g=meta.k8s.io, application/json";
    target.query.addQueryItem(u"includeObject"_s, u"Metadata"_s);
    return target;
}

} // namespace

PodFeed::PodFeed(ApiClient &client, const QString &namespaceName, const ListTiming &timing, QObject *parent)
    : QObject(parent)
    , m_watcher(client, podTarget(client.config(), namespaceName), timing, this)
    , m_throttle(timing.deliverMs, this)
{
    connect(&m_watcher, &ListWatcher::listing, this, [this] {
        m_cache.beginListing();
        m_loaded = 0;
    });
    connect(&m_watcher, &ListWatcher::page, this, &PodFeed::takePage);
    connect(&m_watcher, &ListWatcher::listed, this, [this] {
        m_cache.endListing();
        m_listedOnce = m_progressDue = true;
        m_throttle.force();
    });
    connect(&m_watcher, &ListWatcher::eventArrived, this, &PodFeed::takeEvent);
    connect(&m_watcher, &ListWatcher::failed, this, &PodFeed::failed);
    connect(&m_watcher, &ListWatcher::recovered, this, [this] {
        m_progressDue = true;
        m_throttle.request();
    });
    connect(&m_throttle, &Throttle::due, this, &PodFeed::deliver);
}

void PodFeed::start()
{
    m_watcher.start();
}

void PodFeed::takePage(const QJsonObject &list, int remaining)
{
    const QList<PodRow> rows = m_table.rowsOf(list, SystemClock::instance().now());
    for (const PodRow &row : rows)
        m_cache.put(row);
    m_loaded += int(rows.size());
    m_expected = remaining < 0 ? -1 : m_loaded + remaining;
    m_progressDue = m_progressDue || !m_listedOnce;
    m_throttle.request();
}

void PodFeed::takeEvent(const WatchEvent &event)
{
    const QList<PodRow> rows = m_table.rowsOf(event.object, SystemClock::instance().now());
    for (const PodRow &row : rows) {
        if (event.type == WatchEvent::Type::Deleted)
            m_cache.remove(podKey(row));
        else
            m_cache.put(row);
    }
    m_throttle.request();
}

void PodFeed::deliver()
{
    const PodCache::Changes changes = m_cache.take(MaxRowsAtOnce);
    const bool more = m_cache.hasChanges();
    if (!changes.isEmpty())
        emit changed(changes.rows, changes.removed);
    if (m_progressDue) {
        emit progress(m_listedOnce ? m_cache.size() : m_loaded, m_listedOnce ? m_cache.size() : m_expected,
                      m_listedOnce && !more);
        m_progressDue = more || !m_listedOnce;
    }
    if (more)
        m_throttle.request();
}

} // namespace Fairlead::Kube
