#include "core/support/clock.h"

#include <chrono>
#include <ctime>

namespace Fairlead {

qint64 SystemClock::monotonicMs() const
{
    const auto sinceStart = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(sinceStart).count();
}

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

qint64 SystemClock::sleepingMs() const
{
#ifdef CLOCK_BOOTTIME // Linux: monotonic, with the time asleep; setting the wall clock does not move it
    timespec time{};
    if (::clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return qint64(time.tv_sec) * 1'000 + time.tv_nsec / 1'000'000;
#endif
    return Clock::sleepingMs();
}

const SystemClock &SystemClock::instance()
{
    static const SystemClock clock;
    return clock;
}

} // namespace Fairlead
