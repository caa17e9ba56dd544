#include "core/forward/routetable.h"

#include "core/forward/localconnection.h"

#include <algorithm>

namespace Fairlead::Forward {

RouteTable::RouteTable(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

RouteTable::~RouteTable() = default;

void RouteTable::setConnection(const TunnelTarget &target)
{
    m_target = target;
    for (const auto &route : m_routes)
        aim(*route);
}

void RouteTable::aim(Route &route)
{
    if (m_target)
        route.pool->setTarget([target = *m_target, pod = route.serving.pod] { return target.next(pod); },
                              m_target->credentials());
}

void RouteTable::setPods(const QList<ServingPod> &pods)
{
    Routes kept;
    for (const ServingPod &serving : pods) {
        const auto found = find(serving.pod.uid);
        if (found == m_routes.end()) {
            kept.push_back(makeRoute(serving));
            continue;
        }
        (*found)->serving = serving;
        kept.push_back(std::move(*found));
        m_routes.erase(found);
    }
    std::swap(m_routes, kept);
    for (const auto &gone : kept)
        release(*gone);
}

void RouteTable::drop(const QString &uid)
{
    const auto found = find(uid);
    if (found == m_routes.end())
        return;
    release(**found);
    m_routes.erase(found);
}

std::unique_ptr<RouteTable::Route> RouteTable::makeRoute(const ServingPod &serving)
{
    auto route = std::make_unique<Route>();
    route->serving = serving;
    route->pool = new TunnelPool(m_options, m_clock, this);
    const QString uid = serving.pod.uid;
    connect(route->pool, &TunnelPool::connected, this, [this, uid, route = route.get()](Net::Transport transport) {
        route->up = true;
        emit connected(uid, transport);
    });
    connect(route->pool, &TunnelPool::failed, this,
            [this, uid, route = route.get()](const Net::UpgradeFailure &failure) {
                route->up = false;
                emit failed(uid, failure);
            });
    connect(route->pool, &TunnelPool::spareLost, this,
            [this, route = route.get()](const QString &text, qint64 livedMs) {
                route->up = false;
                emit spareLost(text, livedMs);
            });
    connect(route->pool, &TunnelPool::signInNeeded, this, &RouteTable::signInNeeded);
    connect(route->pool, &TunnelPool::roundTripMeasured, this, &RouteTable::roundTripMeasured);
    aim(*route);
    if (m_running)
        route->pool->resume();
    return route;
}

void RouteTable::release(Route &route)
{
    for (auto waiting = m_waitsAt.begin(); waiting != m_waitsAt.end();) {
        if (waiting->second != route.serving.pod.uid) {
            ++waiting;
            continue;
        }
        route.pool->cancel(waiting->first);
        waiting = m_waitsAt.erase(waiting);
    }
    route.pool->disconnect(this);
    route.pool->pause();
    route.pool->discard();
    route.pool->deleteLater();
}

void RouteTable::resume()
{
    m_running = true;
    for (TunnelPool *pool : pools())
        pool->resume();
}

void RouteTable::pause()
{
    m_running = false;
    for (const auto &route : m_routes) {
        route->pool->pause();
        route->up = false;
    }
}

void RouteTable::clear()
{
    pause();
    setPods({});
}

void RouteTable::renew()
{
    for (const auto &route : m_routes)
        route->pool->discard();
}

void RouteTable::tick()
{
    for (TunnelPool *pool : pools())
        pool->tick();
}

void RouteTable::doubt()
{
    for (TunnelPool *pool : pools())
        pool->doubt();
}

/// What a pool finds out may change the table; pools are deleted later at the earliest.
std::vector<TunnelPool *> RouteTable::pools() const
{
    std::vector<TunnelPool *> result;
    for (const auto &route : m_routes)
        result.push_back(route->pool);
    return result;
}

bool RouteTable::isRunning() const
{
    return std::any_of(m_routes.begin(), m_routes.end(), [](const auto &route) { return route->pool->isRunning(); });
}

bool RouteTable::isUp() const
{
    return std::any_of(m_routes.begin(), m_routes.end(), [](const auto &route) { return route->up; });
}

QStringList RouteTable::uids() const
{
    QStringList result;
    for (const auto &route : m_routes)
        result.append(route->serving.pod.uid);
    return result;
}

QStringList RouteTable::names() const
{
    QStringList result;
    for (const auto &route : m_routes)
        result.append(route->serving.pod.name);
    return result;
}

bool RouteTable::hasOther(const QString &uid) const
{
    return std::any_of(m_routes.begin(), m_routes.end(),
                       [&uid](const auto &route) { return route->serving.pod.uid != uid; });
}

bool RouteTable::hasSpare() const
{
    return std::any_of(m_routes.begin(), m_routes.end(), [](const auto &route) { return route->pool->hasSpare(); });
}

RouteTable::Routes::iterator RouteTable::find(const QString &uid)
{
    return std::find_if(m_routes.begin(), m_routes.end(),
                        [&uid](const auto &route) { return route && route->serving.pod.uid == uid; });
}

RouteTable::Route *RouteTable::next(const QString &avoid)
{
    for (size_t tried = 0; tried < m_routes.size(); ++tried) {
        Route *route = m_routes[m_turn++ % m_routes.size()].get();
        if (route->serving.pod.uid != avoid)
            return route;
    }
    return m_routes.empty() ? nullptr : m_routes.front().get();
}

void RouteTable::assign(LocalConnection *connection, int port, const QString &avoid)
{
    if (m_waitsAt.contains(connection))
        return;
    Route *route = next(avoid);
    if (!route)
        return;
    connection->aimAt(route->serving.pod.uid, route->serving.pod.name, route->serving.ports.at(port).remote);
    m_waitsAt.emplace(connection, route->serving.pod.uid);
    route->pool->request(connection);
}

void RouteTable::forget(LocalConnection *connection)
{
    const auto found = m_waitsAt.find(connection);
    if (found == m_waitsAt.end())
        return;
    if (const auto route = find(found->second); route != m_routes.end())
        (*route)->pool->cancel(connection);
    m_waitsAt.erase(found);
}

} // namespace Fairlead::Forward
