#include "core/forward/pingmonitor.h"

#include <algorithm>

namespace Fairlead::Forward {

PingMonitor::PingMonitor(PingTimes times, qint64 now)
    : m_times(times)
    , m_heardAt(now)
    , m_pingAt(now - times.intervalMs) // the first ping goes out at once: it measures the round trip
{
}

void PingMonitor::heard(qint64 now)
{
    m_heardAt = now;
    m_doubtedAt.reset();
}

void PingMonitor::setReading(bool reading, qint64 now)
{
    if (reading && !m_reading)
        m_heardAt = now;
    m_reading = reading;
}

void PingMonitor::pingSent(quint32 id, qint64 now)
{
    m_pingAt = now;
    m_pingId = id;
    m_pingSentAt = now;
    m_uploadedSincePing = false;
}

void PingMonitor::pingAnswered(quint32 id, qint64 now)
{
    if (id != m_pingId)
        return;
    m_roundTripMs = int(now - m_pingSentAt);
    m_uploadUnread = m_uploadedSincePing;
}

void PingMonitor::doubt(qint64 now)
{
    if (m_doubtedAt || !m_reading)
        return;
    m_doubtedAt = now;
    m_pingAt = now - m_times.intervalMs;
}

PingMonitor::Advice PingMonitor::advise(qint64 now, bool peerIsSilent) const
{
    if (!m_reading)
        return Advice::Nothing;
    const bool silenceCounts = !m_uploadUnread || peerIsSilent;
    const bool doubtConfirmed = m_doubtedAt && now - *m_doubtedAt >= m_times.intervalMs;
    if (silenceCounts && (now - m_heardAt >= m_times.deadlineMs || doubtConfirmed))
        return Advice::Dead;
    // Quiet means that nothing was heard; a ping that is not answered is repeated after the interval.
    const bool quiet = m_doubtedAt || m_pingId == 0 || now - m_heardAt >= m_times.intervalMs;
    return quiet && now - m_pingAt >= m_times.intervalMs ? Advice::SendPing : Advice::Nothing;
}

} // namespace Fairlead::Forward
