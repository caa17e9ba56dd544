#pragma once

#include "core/forward/tunnel.h"

#include <QObject>

#include <deque>
#include <functional>
#include <vector>

namespace Fairlead::Forward {

/// Who waits for a tunnel. Cancel before it dies.
class TunnelWaiter
{
public:
    virtual ~TunnelWaiter() = default;
    virtual void tunnelReady(TunnelPointer tunnel) = 0;
};

/// Makes tunnels to one pod and hands them out, first come, first served.
///
/// It keeps a spare so that a new connection does not pay for setting one up; a spare that was taken is replaced at
/// once. A tunnel serves one connection and does not come back. After a failure no more are started until resume():
/// when to try again is the forward's decision; attempts that are under way go on and may still succeed.
/// Lives in its forward's thread.
class TunnelPool final : public QObject
{
    Q_OBJECT

public:
    /// Spares kept ready for each forward.
    static constexpr int Spares = 1;
    /// Set-ups at the same time: a burst of local connections must not become a burst of TLS handshakes at the server.
    static constexpr int ConnectingAtOnce = 16;
    /// Fresh for every tunnel, since credentials rotate.
    using TargetSource = std::function<Net::UpgradeTarget()>;

    TunnelPool(PingTimes pings, const Clock &clock, QObject *parent = nullptr);
    ~TunnelPool() override;

    /// For the tunnels to come. Spares of the old target are let go.
    void setTarget(TargetSource target);
    void resume();
    void pause() { m_running = false; }
    /// Lets spares and attempts go: they lead to a pod that is gone.
    void discard();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool hasSpare() const { return !m_spares.empty(); }

    /// `waiter` is told once, later or right away.
    void request(TunnelWaiter *waiter);
    void cancel(TunnelWaiter *waiter);

    void tick();
    /// Pings the spares now: another tunnel broke, so the server may be gone.
    void doubt();

signals:
    /// A tunnel has come up.
    void connected();
    /// The first failure since resume(); the pool has paused.
    void failed(const Fairlead::Net::UpgradeFailure &failure);
    /// A spare broke after `livedMs`; the pool has paused.
    void spareLost(const QString &text, qint64 livedMs);
    void roundTripMeasured(int ms);

private:
    void topUp();
    void startOne();
    void onOpened(Tunnel *tunnel);
    void onFailed(Tunnel *tunnel, const Net::UpgradeFailure &failure);
    void onLost(Tunnel *tunnel, const QString &text);
    void serveWaiters();
    [[nodiscard]] static TunnelPointer takeFrom(std::vector<TunnelPointer> &list, Tunnel *tunnel);

    PingTimes m_pings;
    const Clock &m_clock;
    TargetSource m_target;
    std::vector<TunnelPointer> m_connecting;
    std::vector<TunnelPointer> m_spares;
    std::deque<TunnelWaiter *> m_waiters;
    bool m_running = false;
};

} // namespace Fairlead::Forward
