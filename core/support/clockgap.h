#pragma once

#include "core/support/clock.h"

namespace Fairlead {

/// Tells that the machine has slept: a clock that goes on meanwhile has run ahead of the monotonic one. Ask from a
/// timer. Where only the wall clock goes on (Clock::sleepingMs()), setting it far ahead looks like sleep as well; so a
/// sleep is a reason to look again at what may be dead, never a proof. Not thread-safe.
class ClockGap final
{
public:
    /// Sleeps of at most `leastMs` are not told: such a short one kills no connection.
    ClockGap(const Clock &clock, qint64 leastMs);

    /// Whether it slept since the last call, or since the beginning.
    [[nodiscard]] bool hasSlept();

private:
    [[nodiscard]] qint64 offset() const { return m_clock.sleepingMs() - m_clock.monotonicMs(); }

    const Clock &m_clock;
    qint64 m_leastMs;
    qint64 m_offset;
};

} // namespace Fairlead
