#pragma once

#include <QtGlobal>

#include <functional>

namespace Fairlead::Kube {

/// How long to wait before a list or watch is tried again: doubling from `firstMs` to `longestMs`, each wait shortened
/// by up to a half at random, so that many clients do not come back together. Starts over after `healthyMs` without
/// trouble. The figures are client-go's. No I/O; time and chance come from outside.
class RetryDelay
{
public:
    struct Limits {
        int firstMs = 800;
        int longestMs = 30'000;
        qint64 healthyMs = 120'000;
    };

    /// `random` gives numbers in [0, 1).
    RetryDelay(const Limits &limits, std::function<double()> random);

    /// The next wait; `nowMs` is monotonic.
    [[nodiscard]] int next(qint64 nowMs);

private:
    Limits m_limits;
    std::function<double()> m_random;
    int m_current;
    qint64 m_lastTroubleMs = -1;
};

} // namespace Fairlead::Kube
