#include "core/forward/tunnelpool.h"

#include <algorithm>

namespace Fairlead::Forward {

TunnelPool::TunnelPool(PingTimes pings, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_pings(pings)
    , m_clock(clock)
{
}

TunnelPool::~TunnelPool() = default;

void TunnelPool::setTarget(TargetSource target)
{
    m_target = std::move(target);
}

void TunnelPool::resume()
{
    m_running = true;
    topUp();
}

void TunnelPool::discard()
{
    m_connecting.clear();
    m_spares.clear();
}

void TunnelPool::request(TunnelWaiter *waiter)
{
    m_waiters.push_back(waiter);
    serveWaiters();
    topUp();
}

void TunnelPool::cancel(TunnelWaiter *waiter)
{
    std::erase(m_waiters, waiter);
}

void TunnelPool::serveWaiters()
{
    while (!m_waiters.empty() && !m_spares.empty()) {
        TunnelPointer tunnel = std::move(m_spares.front());
        m_spares.erase(m_spares.begin());
        disconnect(tunnel.get(), nullptr, this, nullptr);
        connect(tunnel.get(), &Tunnel::roundTripMeasured, this, &TunnelPool::roundTripMeasured);
        TunnelWaiter *waiter = m_waiters.front();
        m_waiters.pop_front();
        waiter->tunnelReady(std::move(tunnel));
    }
}

void TunnelPool::topUp()
{
    if (!m_running || !m_target)
        return;
    const auto wanted = int(m_waiters.size()) + Spares - int(m_spares.size());
    const int limit = std::min(wanted, ConnectingAtOnce);
    while (int(m_connecting.size()) < limit)
        startOne();
}

void TunnelPool::startOne()
{
    TunnelPointer pointer(new Tunnel(m_target(), m_pings, m_clock));
    Tunnel *tunnel = pointer.get();
    m_connecting.push_back(std::move(pointer));
    connect(tunnel, &Tunnel::opened, this, [this, tunnel] { onOpened(tunnel); });
    connect(tunnel, &Tunnel::failed, this,
            [this, tunnel](const Net::UpgradeFailure &failure) { onFailed(tunnel, failure); });
    connect(tunnel, &Tunnel::lost, this, [this, tunnel](const QString &text) { onLost(tunnel, text); });
    connect(tunnel, &Tunnel::roundTripMeasured, this, &TunnelPool::roundTripMeasured);
    tunnel->open();
}

void TunnelPool::onOpened(Tunnel *tunnel)
{
    if (TunnelPointer pointer = takeFrom(m_connecting, tunnel))
        m_spares.push_back(std::move(pointer));
    emit connected();
    serveWaiters();
    topUp();
}

void TunnelPool::onFailed(Tunnel *tunnel, const Net::UpgradeFailure &failure)
{
    const TunnelPointer pointer = takeFrom(m_connecting, tunnel);
    if (!std::exchange(m_running, false))
        return;
    emit failed(failure);
}

void TunnelPool::onLost(Tunnel *tunnel, const QString &text)
{
    const TunnelPointer pointer = takeFrom(m_spares, tunnel);
    const qint64 lived = m_clock.monotonicMs() - tunnel->openedAt();
    m_running = false;
    emit spareLost(text, lived);
}

TunnelPointer TunnelPool::takeFrom(std::vector<TunnelPointer> &list, Tunnel *tunnel)
{
    const auto found =
        std::find_if(list.begin(), list.end(), [tunnel](const TunnelPointer &one) { return one.get() == tunnel; });
    if (found == list.end())
        return {};
    TunnelPointer pointer = std::move(*found);
    list.erase(found);
    return pointer;
}

void TunnelPool::tick()
{
    // A tick may end a tunnel, and the pool's answer may change the list.
    std::vector<Tunnel *> spares;
    for (const TunnelPointer &spare : m_spares)
        spares.push_back(spare.get());
    for (Tunnel *spare : spares) // deleted later at the earliest
        spare->tick();
}

void TunnelPool::doubt()
{
    std::vector<Tunnel *> spares;
    for (const TunnelPointer &spare : m_spares)
        spares.push_back(spare.get());
    for (Tunnel *spare : spares)
        spare->doubt();
}

} // namespace Fairlead::Forward
