#pragma once

#include <QtGlobal>

#include <optional>

namespace Fairlead::Forward {

struct PingTimes {
    int intervalMs = 5'000; ///< of silence, before a ping goes out
    int deadlineMs = 15'000; ///< of silence, after which the tunnel counts as lost
};

/// Decides when a tunnel is pinged and when it is dead. Times come in; nothing goes out by itself.
///
/// Dead means: nothing at all was heard for the deadline, although we did read. While our own back-pressure holds
/// reading, silence means nothing. After an upload a silent server may only be waiting for a pod that does not read
/// (its library answers no pings then), so silence alone is not taken for death; the kernel's view of the peer is asked
/// as well. That ends with the answer to a ping that was sent after the upload: frames are read in order, so the server
/// has read all before it. Anything else that is heard proves nothing about what is still on its way.
class PingMonitor
{
public:
    enum class Advice { Nothing, SendPing, Dead };

    PingMonitor(PingTimes times, qint64 now);

    void heard(qint64 now);
    void uploaded() { m_uploadUnread = m_uploadedSincePing = true; }
    void setReading(bool reading, qint64 now);
    void pingSent(quint32 id, qint64 now);
    void pingAnswered(quint32 id, qint64 now);
    /// Something made us doubt this tunnel: ping now, and believe in it only if an answer comes soon.
    void doubt(qint64 now);

    /// `peerIsSilent`: the peer's kernel does not acknowledge either.
    [[nodiscard]] Advice advise(qint64 now, bool peerIsSilent) const;
    [[nodiscard]] std::optional<int> roundTripMs() const { return m_roundTripMs; }

private:
    PingTimes m_times;
    qint64 m_heardAt;
    qint64 m_pingAt;
    quint32 m_pingId = 0;
    qint64 m_pingSentAt = 0;
    bool m_reading = true;
    bool m_uploadUnread = false; ///< for all we know
    bool m_uploadedSincePing = false;
    std::optional<qint64> m_doubtedAt;
    std::optional<int> m_roundTripMs;
};

} // namespace Fairlead::Forward
