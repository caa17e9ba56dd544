#pragma once

#include "core/forward/pingmonitor.h"
#include "core/forward/tunnelreuse.h"
#include "core/net/upgradedconnection.h"
#include "core/protocol/spdy/session.h"
#include "core/support/clock.h"

#include <QObject>

#include <memory>
#include <vector>

namespace Fairlead::Forward {

/// Who uses a tunnel at the moment. Called synchronously; may leave the tunnel from inside.
class TunnelUser
{
public:
    virtual ~TunnelUser() = default;
    [[nodiscard]] virtual bool ownsStream(quint32 stream) const = 0;
    /// Something on one of its streams, or on none.
    virtual void sessionEvent(const Spdy::Event &event) = 0;
    /// Everything that was received has been handed over by sessionEvent(). It has left already.
    virtual void tunnelLost(const QString &text) = 0;
    /// What was queued towards the server is out.
    virtual void tunnelDrained() = 0;
};

/// What a pair leaves behind on its tunnel. Streams that have not ended on both sides are watched until they have.
struct PairRemains {
    quint32 errorStream = 0; ///< 0: none was opened
    quint32 dataStream = 0;
    UploadEnd upload = UploadEnd::Taken;
    bool podGone = false;
};

/// One upgraded connection with the SPDY session on it, its pings and those who use it: one connection after another,
/// or a few at once where the pool shares it. Says of itself whether it may serve another one.
///
/// One user that holds reading holds it for all: memory stays bounded by the users' marks and one read.
class Tunnel final : public QObject
{
    Q_OBJECT

public:
    /// Towards the server: users stop their sources above this many unsent bytes and go on at tunnelDrained().
    static constexpr qsizetype UnsentMark = 256 * 1024;

    Tunnel(Net::UpgradeTarget target, PingTimes pings, const Clock &clock);
    ~Tunnel() override;

    void open();
    [[nodiscard]] bool isUsable() const { return m_state == State::Open && m_session.mayOpenStreams(); }
    [[nodiscard]] qint64 openedAt() const { return m_openedAt; }
    [[nodiscard]] Net::Transport transport() const { return m_connection->transport(); }

    /// Each user once; it leaves before it dies.
    void join(TunnelUser *user);
    void leave(TunnelUser *user, const PairRemains &remains);
    /// The user's program has closed and its pair only waits for the pod's end: it counts as a connection no longer,
    /// and holds reading no longer.
    void stepAside(TunnelUser *user);
    /// Users that have not stepped aside.
    [[nodiscard]] int pairs() const { return int(m_seats.size()) - m_aside; }
    [[nodiscard]] bool isEmpty() const { return m_seats.empty(); }
    [[nodiscard]] int served() const { return m_served; }
    /// Reading is held, or more waits for the server than the mark.
    [[nodiscard]] bool isStalled() const { return !m_reading || isOverMark(); }
    /// `mostServed` is the caller's to set.
    [[nodiscard]] ReuseFacts reuseFacts() const;

    [[nodiscard]] Spdy::Session &session() { return m_session; }
    /// Sends what the session has to say. `withPayload`: data of a program is in it.
    void flush(bool withPayload = false);
    [[nodiscard]] qsizetype unsentBytes() const { return m_connection->bytesToWrite(); }
    [[nodiscard]] bool isOverMark() const { return unsentBytes() >= UnsentMark; }
    /// Back-pressure of one user; pings' deadlines pause with it.
    void setReading(const TunnelUser *user, bool on);

    void tick();
    /// Pings now and waits a short time only: something makes this tunnel doubtful.
    void doubt();
    [[nodiscard]] std::optional<int> roundTripMs() const { return m_pings.roundTripMs(); }
    /// GOAWAY as far as the kernel takes it, then closes. Nothing is signalled any more.
    void close();

signals:
    void opened();
    void failed(const Fairlead::Net::UpgradeFailure &failure);
    /// Broke. Those who used it were told before.
    void lost(const QString &text, bool wasInUse);
    void roundTripMeasured(int ms);
    /// What former users left behind has come to its end.
    void rested();

private:
    enum class State { Connecting, Open, Closed };
    struct Seat {
        TunnelUser *user;
        bool holdsReading = false;
        std::optional<qint64> asideSince;
    };
    struct Remnant {
        quint32 errorStream;
        quint32 dataStream;
        qint64 since;
    };

    void onOpened();
    void onReadable();
    void onDrained();
    [[nodiscard]] bool readOnce();
    void dispatchEvents();
    void handle(const Spdy::Event &event);
    void onPong(quint32 id);
    void route(const Spdy::Event &event, quint32 stream);
    void tellAll(const Spdy::Event &event);
    void lose(const QString &text);
    void updateReading();
    void applyReading(bool on);
    void beginProof();
    void lookAtRemnants();
    [[nodiscard]] bool isAtRest() const;
    [[nodiscard]] std::vector<Seat>::iterator seatOf(const TunnelUser *user);

    const Clock &m_clock;
    const quint64 m_credential;
    Net::UpgradedConnection *m_connection;
    Spdy::Session m_session;
    PingMonitor m_pings;
    std::vector<Seat> m_seats;
    std::size_t m_lastSeat = 0; ///< that an event was for: most often the next one is, too
    std::vector<Remnant> m_remnants;
    std::vector<quint32> m_proofs; ///< pings whose answers prove that the server's workers move
    State m_state = State::Connecting;
    qint64 m_openedAt = 0;
    qint64 m_movedAt = 0; ///< bytes, in either direction
    qint64 m_leftAt = 0; ///< when the last user left
    qint64 m_proofAt = 0;
    int m_aside = 0;
    int m_served = 0;
    bool m_reading = true;
    bool m_resting = true; ///< rested() was said, or nothing was left behind yet
    bool m_podGone = false;
    bool m_uploadCut = false;
};

/// Tunnels are let go from inside their own signals. Several hold one: the pool and those who use it.
using TunnelPointer = std::shared_ptr<Tunnel>;
[[nodiscard]] TunnelPointer makeTunnel(Net::UpgradeTarget target, PingTimes pings, const Clock &clock);

} // namespace Fairlead::Forward
