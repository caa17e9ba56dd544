#pragma once

#include <functional>

namespace Fairlead::Forward {

/// How long to wait before trying again: doubles from `firstMs` to `capMs`; each wait is drawn from its upper half, so
/// that twenty forwards that lost the same server do not come back in step. Randomness comes in from outside.
class Backoff
{
public:
    /// Gives a number in [0, 1).
    using Random = std::function<double()>;

    Backoff(int firstMs, int capMs, Random random);
    /// With the system's randomness.
    Backoff(int firstMs, int capMs);

    [[nodiscard]] int next();
    void reset() { m_attempts = 0; }
    [[nodiscard]] int attempts() const { return m_attempts; }

private:
    int m_firstMs;
    int m_capMs;
    int m_attempts = 0;
    Random m_random;
};

} // namespace Fairlead::Forward
