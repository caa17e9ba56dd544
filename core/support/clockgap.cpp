#include "core/support/clockgap.h"

#include <utility>

namespace Fairlead {

ClockGap::ClockGap(const Clock &clock, qint64 leastMs)
    : m_clock(clock)
    , m_leastMs(leastMs)
    , m_offset(offset())
{
}

bool ClockGap::hasSlept()
{
    const qint64 now = offset();
    return now - std::exchange(m_offset, now) > m_leastMs;
}

} // namespace Fairlead
