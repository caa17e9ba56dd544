#pragma once

#include <QDateTime>

namespace Fairlead {

/// Where time comes from. Rules that depend on time take one of these, so that a test can move it by hand.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Milliseconds that never jump; only differences mean anything.
    [[nodiscard]] virtual qint64 monotonicMs() const = 0;
    /// The time on the wall, UTC.
    [[nodiscard]] virtual QDateTime now() const = 0;
    /// Milliseconds that go on while the machine sleeps; only differences mean anything. The wall clock, where nothing
    /// better is known.
    [[nodiscard]] virtual qint64 sleepingMs() const { return now().toMSecsSinceEpoch(); }
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override;
    [[nodiscard]] QDateTime now() const override;
    [[nodiscard]] qint64 sleepingMs() const override;
    /// The one that the program uses unless a test hands it another.
    [[nodiscard]] static const SystemClock &instance();
};

} // namespace Fairlead
