#include "core/forward/trafficmeter.h"

namespace Fairlead::Forward {

namespace {
// Shorter spans make rates jump; the caller's timer may be early by a few milliseconds.
constexpr qint64 SampleMs = 950;
} // namespace

void TrafficMeter::add(quint64 down, quint64 up)
{
    m_traffic.bytesDown += down;
    m_traffic.bytesUp += up;
}

bool TrafficMeter::sample(qint64 now)
{
    if (m_sampledAt < 0) {
        m_sampledAt = now;
        return false;
    }
    if (now - m_sampledAt < SampleMs)
        return false;
    const double seconds = double(now - m_sampledAt) / 1000.0;
    const Traffic before = m_traffic;
    m_traffic.rateDown = double(m_traffic.bytesDown - m_sampledDown) / seconds;
    m_traffic.rateUp = double(m_traffic.bytesUp - m_sampledUp) / seconds;
    m_sampledDown = m_traffic.bytesDown;
    m_sampledUp = m_traffic.bytesUp;
    m_sampledAt = now;
    m_history.append(m_traffic.rateDown + m_traffic.rateUp);
    if (m_history.size() > HistorySeconds)
        m_history.removeFirst();
    return m_traffic != before;
}

} // namespace Fairlead::Forward
