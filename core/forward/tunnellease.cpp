#include "core/forward/tunnellease.h"

#include "core/forward/tunnelpool.h"

#include <utility>

namespace Fairlead::Forward {

namespace {
constexpr PairRemains Unknown{0, 0, UploadEnd::Cut, false};
} // namespace

TunnelLease::TunnelLease(TunnelPointer tunnel, TunnelUser *user, TunnelPool *pool)
    : m_tunnel(std::move(tunnel))
    , m_user(user)
    , m_pool(pool)
{
    m_tunnel->join(m_user);
}

TunnelLease &TunnelLease::operator=(TunnelLease &&other) noexcept
{
    if (this != &other) {
        giveBack(Unknown);
        m_tunnel = std::move(other.m_tunnel);
        m_user = other.m_user;
        m_pool = other.m_pool;
    }
    return *this;
}

TunnelLease::~TunnelLease()
{
    giveBack(Unknown);
}

void TunnelLease::stepAside()
{
    m_tunnel->stepAside(m_user);
    if (m_pool)
        m_pool->takeBack(m_tunnel.get());
}

void TunnelLease::giveBack(const PairRemains &remains)
{
    const TunnelPointer tunnel = std::exchange(m_tunnel, nullptr);
    if (!tunnel)
        return;
    tunnel->leave(m_user, remains);
    if (m_pool)
        m_pool->takeBack(tunnel.get());
}

} // namespace Fairlead::Forward
