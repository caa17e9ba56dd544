#include "core/forward/tunnelpool.h"

#include <QScopeGuard>
#include <QTimer>

#include <algorithm>

namespace Fairlead::Forward {

PoolOptions PoolOptions::of(const EngineOptions &options, std::shared_ptr<Net::ServerGate> gate, const QString &server)
{
    return {{options.pingIntervalMs, options.pingDeadlineMs}, PoolLimits::of(options), std::move(gate), server};
}

TunnelPool::TunnelPool(PoolOptions options, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_clock(clock)
    , m_sizer(m_options.limits)
{
}

TunnelPool::~TunnelPool() = default;

void TunnelPool::setTarget(TargetSource target, std::shared_ptr<Kube::CredentialSource> credentials)
{
    m_target = std::move(target);
    m_credentials = std::move(credentials);
}

void TunnelPool::resume()
{
    m_running = true;
    topUp();
}

void TunnelPool::pause()
{
    m_running = false;
    ++m_schedule;
    m_scheduled = 0;
}

void TunnelPool::discard()
{
    for (const TunnelPointer &tunnel : m_tunnels) // those in use live on, and are no business of ours
        disconnect(tunnel.get(), nullptr, this, nullptr);
    m_connecting.clear();
    m_tunnels.clear();
    ++m_schedule;
    m_scheduled = 0;
    noteUse();
}

bool TunnelPool::hasSpare() const
{
    return freeTunnel() || int(m_tunnels.size()) >= m_options.limits.maxTunnels;
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

ReuseVerdict TunnelPool::verdictOn(const Tunnel &tunnel) const
{
    ReuseFacts facts = tunnel.reuseFacts();
    facts.mostServed = m_options.limits.maxServed;
    return decideReuse(facts).verdict;
}

bool TunnelPool::isFree(const Tunnel &tunnel) const
{
    return tunnel.pairs() == 0 && verdictOn(tunnel) == ReuseVerdict::Reuse;
}

int TunnelPool::freeTunnels() const
{
    return int(
        std::count_if(m_tunnels.begin(), m_tunnels.end(), [this](const TunnelPointer &one) { return isFree(*one); }));
}

/// The last used: its way is warm, and those that are not needed grow old.
TunnelPointer TunnelPool::freeTunnel() const
{
    const auto found =
        std::find_if(m_tunnels.rbegin(), m_tunnels.rend(), [this](const TunnelPointer &one) { return isFree(*one); });
    return found == m_tunnels.rend() ? TunnelPointer() : *found;
}

TunnelPointer TunnelPool::sharedTunnel() const
{
    if (int(m_tunnels.size()) < m_options.limits.maxTunnels)
        return {};
    std::vector<TunnelLoad> loads;
    loads.reserve(m_tunnels.size());
    for (const TunnelPointer &tunnel : m_tunnels) {
        const bool healthy = tunnel->pairs() > 0 && verdictOn(*tunnel) != ReuseVerdict::Close;
        loads.push_back({healthy, tunnel->isStalled(), tunnel->pairs()});
    }
    const auto chosen = tunnelToShare(loads, m_options.limits.maxPairsPerTunnel);
    return chosen ? m_tunnels[*chosen] : TunnelPointer();
}

bool TunnelPool::serveOne()
{
    if (m_waiters.empty())
        return false;
    TunnelPointer tunnel = freeTunnel();
    if (!tunnel)
        tunnel = sharedTunnel();
    if (!tunnel)
        return false;
    TunnelWaiter *waiter = m_waiters.front();
    m_waiters.pop_front();
    const auto at = std::find(m_tunnels.begin(), m_tunnels.end(), tunnel);
    std::rotate(at, at + 1, m_tunnels.end());
    waiter->tunnelReady(TunnelLease(std::move(tunnel), waiter, this));
    return true;
}

void TunnelPool::serveWaiters()
{
    // A waiter may give its tunnel back at once, which leads here again: the loop below goes on then.
    if (!m_serving) {
        m_serving = true;
        const auto done = qScopeGuard([this] { m_serving = false; });
        while (serveOne()) { }
    }
    noteUse();
}

void TunnelPool::takeBack(Tunnel *tunnel)
{
    if (tunnel->isEmpty() && verdictOn(*tunnel) == ReuseVerdict::Close) {
        const TunnelPointer closed = takeFrom(m_tunnels, tunnel);
        if (closed)
            disconnect(tunnel, nullptr, this, nullptr);
    }
    serveWaiters();
    topUp();
}

void TunnelPool::noteUse()
{
    const int inUse = int(m_tunnels.size()) - freeTunnels();
    m_sizer.note(inUse + int(m_waiters.size()), m_clock.monotonicMs());
}

void TunnelPool::topUp()
{
    if (!m_running || !m_target)
        return;
    const auto underWay = [this] { return int(m_connecting.size()) + m_scheduled; };
    const int missing = m_sizer.target(m_clock.monotonicMs()) - int(m_tunnels.size());
    const int limit = std::min(missing, m_options.limits.connectingAtOnce);
    while (m_running && underWay() < limit) {
        const int wait = m_options.gate ? m_options.gate->reserveConnection(m_options.server) : 0;
        if (wait > 0)
            startIn(wait);
        else
            startOne();
    }
}

void TunnelPool::startIn(int ms)
{
    ++m_scheduled;
    QTimer::singleShot(ms, Qt::PreciseTimer, this, [this, schedule = m_schedule] {
        if (schedule != m_schedule)
            return;
        --m_scheduled;
        startOne();
    });
}

void TunnelPool::signInFirst()
{
    ++m_scheduled;
    m_credentials->ensure(this, [this, schedule = m_schedule](const std::optional<Kube::SignInFailure> &failure) {
        if (schedule != m_schedule)
            return;
        --m_scheduled;
        if (!failure)
            return startOne();
        pause();
        emit signInNeeded(*failure);
    });
}

void TunnelPool::startOne()
{
    if (m_credentials && !m_credentials->isReady())
        return signInFirst();
    TunnelPointer pointer = makeTunnel(m_target(), m_options.pings, m_clock);
    Tunnel *tunnel = pointer.get();
    m_connecting.push_back(std::move(pointer));
    connect(tunnel, &Tunnel::opened, this, [this, tunnel] { onOpened(tunnel); });
    connect(tunnel, &Tunnel::failed, this,
            [this, tunnel](const Net::UpgradeFailure &failure) { onFailed(tunnel, failure); });
    connect(tunnel, &Tunnel::lost, this,
            [this, tunnel](const QString &text, bool wasInUse) { onLost(tunnel, text, wasInUse); });
    connect(tunnel, &Tunnel::rested, this, [this, tunnel] { takeBack(tunnel); });
    connect(tunnel, &Tunnel::roundTripMeasured, this, &TunnelPool::roundTripMeasured);
    tunnel->open();
}

void TunnelPool::onOpened(Tunnel *tunnel)
{
    if (TunnelPointer pointer = takeFrom(m_connecting, tunnel))
        m_tunnels.push_back(std::move(pointer));
    emit connected(tunnel->transport());
    serveWaiters();
    topUp();
}

void TunnelPool::onFailed(Tunnel *tunnel, const Net::UpgradeFailure &failure)
{
    const TunnelPointer pointer = takeFrom(m_connecting, tunnel);
    if (!m_running)
        return;
    pause();
    emit failed(failure);
}

void TunnelPool::onLost(Tunnel *tunnel, const QString &text, bool wasInUse)
{
    const TunnelPointer pointer = takeFrom(m_tunnels, tunnel);
    noteUse();
    if (wasInUse || !m_running)
        return topUp();
    pause();
    emit spareLost(text, m_clock.monotonicMs() - tunnel->openedAt());
}

TunnelPointer TunnelPool::takeFrom(std::vector<TunnelPointer> &list, const Tunnel *tunnel)
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
    // A tick may end a tunnel, and the answers to that may change the list.
    const std::vector<TunnelPointer> tunnels = m_tunnels;
    for (const TunnelPointer &tunnel : tunnels)
        tunnel->tick();
    closeUnfit();
    closeSurplus();
    serveWaiters();
    topUp();
}

/// Those whose last ends were awaited for too long.
void TunnelPool::closeUnfit()
{
    std::erase_if(m_tunnels, [this](const TunnelPointer &one) {
        const bool unfit = one->isEmpty() && verdictOn(*one) == ReuseVerdict::Close;
        if (unfit)
            disconnect(one.get(), nullptr, this, nullptr);
        return unfit;
    });
}

/// The longest unused go first.
void TunnelPool::closeSurplus()
{
    noteUse();
    auto surplus = int(m_tunnels.size()) - m_sizer.target(m_clock.monotonicMs());
    std::erase_if(m_tunnels, [this, &surplus](const TunnelPointer &one) {
        if (surplus <= 0 || !one->isEmpty() || !isFree(*one))
            return false;
        --surplus;
        disconnect(one.get(), nullptr, this, nullptr);
        return true;
    });
}

void TunnelPool::doubt()
{
    const std::vector<TunnelPointer> tunnels = m_tunnels;
    for (const TunnelPointer &tunnel : tunnels)
        tunnel->doubt();
}

} // namespace Fairlead::Forward
