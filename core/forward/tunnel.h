#pragma once

#include "core/forward/pingmonitor.h"
#include "core/net/upgradedconnection.h"
#include "core/protocol/spdy/session.h"
#include "core/support/clock.h"

#include <QObject>

#include <memory>

namespace Fairlead::Forward {

/// Who uses a tunnel at the moment. Called synchronously; may release the tunnel from inside.
class TunnelUser
{
public:
    virtual ~TunnelUser() = default;
    virtual void sessionEvent(const Spdy::Event &event) = 0;
    /// Everything that was received has been handed over by sessionEvent().
    virtual void tunnelLost(const QString &text) = 0;
    /// What was queued towards the server is out.
    virtual void tunnelDrained() = 0;
};

/// One upgraded connection with the SPDY session on it and its pings. Exclusive: it has one user, or waits as a spare.
class Tunnel final : public QObject
{
    Q_OBJECT

public:
    /// Towards the server: the user stops its source above this many unsent bytes and goes on at tunnelDrained().
    static constexpr qsizetype UnsentMark = 256 * 1024;

    Tunnel(Net::UpgradeTarget target, PingTimes pings, const Clock &clock);
    ~Tunnel() override;

    void open();
    [[nodiscard]] bool isUsable() const { return m_state == State::Open && m_session.mayOpenStreams(); }
    [[nodiscard]] qint64 openedAt() const { return m_openedAt; }
    void setUser(TunnelUser *user);

    [[nodiscard]] Spdy::Session &session() { return m_session; }
    /// Sends what the session has to say. `withPayload`: data of a program is in it.
    void flush(bool withPayload = false);
    [[nodiscard]] bool isOverMark() const { return m_connection->bytesToWrite() >= UnsentMark; }
    /// Back-pressure of the user; pings' deadlines pause with it.
    void setReading(bool on);

    void tick();
    void doubt();
    [[nodiscard]] std::optional<int> roundTripMs() const { return m_pings.roundTripMs(); }
    /// GOAWAY as far as the kernel takes it, then closes. Nothing is signalled any more.
    void close();

signals:
    void opened();
    void failed(const Fairlead::Net::UpgradeFailure &failure);
    /// Broke while nobody used it, or its user was told as well.
    void lost(const QString &text);
    void roundTripMeasured(int ms);

private:
    enum class State { Connecting, Open, Closed };

    void onOpened();
    void onReadable();
    [[nodiscard]] bool readOnce();
    void dispatchEvents();
    void handle(const Spdy::Event &event);
    void lose(const QString &text);

    const Clock &m_clock;
    Net::UpgradedConnection *m_connection;
    Spdy::Session m_session;
    PingMonitor m_pings;
    TunnelUser *m_user = nullptr;
    State m_state = State::Connecting;
    qint64 m_openedAt = 0;
    bool m_reading = true;
};

/// Tunnels are let go from inside their own signals.
struct TunnelDeleter {
    void operator()(Tunnel *tunnel) const;
};
using TunnelPointer = std::unique_ptr<Tunnel, TunnelDeleter>;

} // namespace Fairlead::Forward
