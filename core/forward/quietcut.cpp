#include "core/forward/quietcut.h"

#include <QCoreApplication>

#include <optional>

namespace Fairlead::Forward {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(QuietCut)
};

/// Seconds. HAProxy in OKD 30, its usual template 50, nginx and AWS's ALB 60, Azure 240, AWS's NLB 350; the others are
/// what people write.
constexpr int Limits[] = {30, 50, 60, 90, 120, 180, 240, 300, 350, 600, 900, 1800, 3600, 14400};
/// Timers of the other side begin with its own last byte and end on its own ticks.
constexpr qint64 EarlyMs = 300;
constexpr qint64 LateMs = 1'200;

std::optional<int> limitNear(qint64 ms)
{
    for (const int limit : Limits) {
        if (ms >= limit * 1'000LL - EarlyMs && ms <= limit * 1'000LL + LateMs)
            return limit;
    }
    return std::nullopt;
}

QString timeText(int seconds)
{
    constexpr int Minute = 60;
    if (seconds % Minute == 0 && seconds > Minute)
        return Text::tr("%n minute(s)", nullptr, seconds / Minute);
    return Text::tr("%n second(s)", nullptr, seconds);
}

} // namespace

QString closedText(qint64 silentMs, qint64 ageMs)
{
    if (const auto limit = limitNear(silentMs))
        return Text::tr(
                   "The connection was closed after %1 of silence. A router or load balancer on the way to the API "
                   "server seems to end quiet connections; a longer timeout there helps (HAProxy: timeout tunnel).",
                   "%1 a time, such as 30 seconds")
            .arg(timeText(*limit));
    if (const auto limit = limitNear(ageMs))
        return Text::tr("The connection was closed %1 after it was opened. A router or load balancer on the way to the "
                        "API server seems to end connections of that age; a longer limit there helps.",
                        "%1 a time, such as 30 seconds")
            .arg(timeText(*limit));
    return Text::tr("The server closed the connection.");
}

} // namespace Fairlead::Forward
