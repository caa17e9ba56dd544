#pragma once

#include "core/forward/engineoptions.h"

#include <QtGlobal>

#include <deque>
#include <optional>
#include <span>

namespace Fairlead::Forward {

/// Bounds of one pool; see EngineOptions for reasons.
struct PoolLimits {
    int maxTunnels = 64;
    int spares = 1;
    qint64 shrinkAfterMs = 60'000;
    int maxPairsPerTunnel = 4;
    int maxServed = 1'000;
    int connectingAtOnce = 64;

    [[nodiscard]] static PoolLimits of(const EngineOptions &options);
};

/// How many tunnels a pool should have: as many as were in use at the same time in the last minute, and the spares on
/// top, so that programs that open many short connections find them ready. Times come in.
class PoolSizer final
{
public:
    explicit PoolSizer(const PoolLimits &limits)
        : m_limits(limits)
    {
    }

    /// `inUse`: tunnels that are in use or waited for from `now` on.
    void note(int inUse, qint64 now);
    /// Those in use included.
    [[nodiscard]] int target(qint64 now);

private:
    struct Past {
        int inUse;
        qint64 until;
    };

    PoolLimits m_limits;
    int m_inUse = 0;
    std::deque<Past> m_past; ///< falling use, rising times: the first is the peak
};

/// One tunnel, as far as sharing looks at it.
struct TunnelLoad {
    bool healthy = true; ///< open, may open streams, was given up by nobody
    bool stalled = false; ///< reading held, or the upload over its mark: who joins would stand still as well
    int pairs = 0;
};
/// Which tunnel one more connection shares: the least loaded, the first of equals. None: it has to wait.
[[nodiscard]] std::optional<std::size_t> tunnelToShare(std::span<const TunnelLoad> tunnels, int maxPairs);

} // namespace Fairlead::Forward
