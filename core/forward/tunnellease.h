#pragma once

#include "core/forward/tunnel.h"

#include <QPointer>

namespace Fairlead::Forward {

class TunnelPool;

/// A place on a tunnel, from the pool that made it. The tunnel lives as long as somebody has a place on it; the pool
/// may be gone by then. Whoever lets it go without a word about what is left behind leaves a tunnel that is not used
/// again.
class TunnelLease final
{
public:
    TunnelLease() = default;
    TunnelLease(TunnelPointer tunnel, TunnelUser *user, TunnelPool *pool);
    ~TunnelLease();
    TunnelLease(TunnelLease &&other) noexcept = default;
    TunnelLease &operator=(TunnelLease &&other) noexcept;

    explicit operator bool() const { return bool(m_tunnel); }
    Tunnel *operator->() const { return m_tunnel.get(); }
    [[nodiscard]] TunnelUser *user() const { return m_user; }

    /// See Tunnel::stepAside(); the pool may put the next connection there at once.
    void stepAside();
    void giveBack(const PairRemains &remains);

private:
    TunnelPointer m_tunnel;
    TunnelUser *m_user = nullptr;
    QPointer<TunnelPool> m_pool;
};

} // namespace Fairlead::Forward
