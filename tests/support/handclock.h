#pragma once

#include "core/support/clock.h"

namespace Fairlead::Test {

/// A clock that is moved by hand. One thread.
class HandClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override { return m_monotonic; }
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(m_wall, Qt::UTC); }

    void advance(qint64 ms)
    {
        m_monotonic += ms;
        m_wall += ms;
    }
    /// The machine sleeps: the wall clock goes on alone.
    void sleep(qint64 ms) { m_wall += ms; }

private:
    qint64 m_monotonic = 1'000'000;
    qint64 m_wall = 1'700'000'000'000;
};

} // namespace Fairlead::Test
