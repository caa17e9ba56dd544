#include "core/forward/poolsizer.h"

#include <algorithm>

namespace Fairlead::Forward {

PoolLimits PoolLimits::of(const EngineOptions &options)
{
    PoolLimits limits;
    limits.maxTunnels = std::max(1, options.maxTunnels);
    limits.spares = std::clamp(options.spareTunnels, 0, limits.maxTunnels);
    limits.shrinkAfterMs = options.shrinkAfterMs;
    limits.maxPairsPerTunnel = std::max(1, options.maxPairsPerTunnel);
    limits.maxServed = std::max(1, options.maxConnectionsPerTunnel);
    limits.connectingAtOnce = std::max(1, options.connectingAtOnce);
    return limits;
}

void PoolSizer::note(int inUse, qint64 now)
{
    if (inUse < m_inUse) {
        while (!m_past.empty() && m_past.back().inUse <= m_inUse)
            m_past.pop_back();
        m_past.push_back({m_inUse, now});
    }
    m_inUse = inUse;
}

int PoolSizer::target(qint64 now)
{
    while (!m_past.empty() && now - m_past.front().until >= m_limits.shrinkAfterMs)
        m_past.pop_front();
    const int peak = m_past.empty() ? m_inUse : std::max(m_inUse, m_past.front().inUse);
    return std::min(peak + m_limits.spares, m_limits.maxTunnels);
}

std::optional<std::size_t> tunnelToShare(std::span<const TunnelLoad> tunnels, int maxPairs)
{
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < tunnels.size(); ++i) {
        const TunnelLoad &one = tunnels[i];
        if (one.healthy && !one.stalled && one.pairs < maxPairs && (!best || one.pairs < tunnels[*best].pairs))
            best = i;
    }
    return best;
}

} // namespace Fairlead::Forward
