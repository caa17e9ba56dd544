#include "core/kube/api/retrydelay.h"

#include <algorithm>
#include <utility>

namespace Fairlead::Kube {

RetryDelay::RetryDelay(const Limits &limits, std::function<double()> random)
    : m_limits(limits)
    , m_random(std::move(random))
    , m_current(limits.firstMs)
{
}

int RetryDelay::next(qint64 nowMs)
{
    if (m_lastTroubleMs >= 0 && nowMs - m_lastTroubleMs >= m_limits.healthyMs)
        m_current = m_limits.firstMs;
    m_lastTroubleMs = nowMs;
    const int full = m_current;
    m_current = std::min(m_limits.longestMs, 2 * m_current);
    return full - int(m_random() * full / 2);
}

} // namespace Fairlead::Kube
