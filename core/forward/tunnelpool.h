#pragma once

#include "core/forward/poolsizer.h"
#include "core/forward/tunnellease.h"
#include "core/kube/signin/credentialsource.h"
#include "core/net/servergate.h"

#include <QObject>

#include <deque>
#include <functional>
#include <vector>

namespace Fairlead::Forward {

/// Who waits for a tunnel. Cancel before it dies.
class TunnelWaiter : public TunnelUser
{
public:
    virtual void tunnelReady(TunnelLease lease) = 0;
};

struct PoolOptions {
    PingTimes pings;
    PoolLimits limits;
    std::shared_ptr<Net::ServerGate> gate; ///< null: upgrades start when they are wanted
    QString server; ///< its name for the gate

    [[nodiscard]] static PoolOptions of(const EngineOptions &options, std::shared_ptr<Net::ServerGate> gate = {},
                                        const QString &server = {});
};

/// Makes tunnels to one pod and hands out places on them, first come, first served.
///
/// A connection has its tunnel for itself; when it is finished and decideReuse() finds nothing against it, the tunnel
/// serves the next one, the last used first. The pool keeps as many as were needed lately and a spare (PoolSizer),
/// pings them and throws away those that break. At its bound connections share tunnels, a few on each, never one that
/// is stalled; what finds no place then waits. After a failure no more are started until resume(): when to try again is
/// the forward's decision; attempts that are under way go on and may still succeed.
/// Lives in its forward's thread. Tunnels in use outlive it, with their connections.
class TunnelPool final : public QObject
{
    Q_OBJECT

public:
    /// Fresh for every tunnel, since credentials rotate.
    using TargetSource = std::function<Net::UpgradeTarget()>;

    TunnelPool(PoolOptions options, const Clock &clock, QObject *parent = nullptr);
    ~TunnelPool() override;

    /// For the tunnels to come. `credentials` (may be null) are asked before each.
    void setTarget(TargetSource target, std::shared_ptr<Kube::CredentialSource> credentials = {});
    void resume();
    void pause();
    /// Lets all tunnels and attempts go: they lead to a pod that is gone. Those in use stay with their connections.
    void discard();
    [[nodiscard]] bool isRunning() const { return m_running; }
    /// A connection would be served at once, or no more tunnels may be had than there are.
    [[nodiscard]] bool hasSpare() const;

    /// `waiter` is told once, later or right away.
    void request(TunnelWaiter *waiter);
    void cancel(TunnelWaiter *waiter);

    void tick();
    /// Pings all tunnels now, spares and those in use: another one broke, or the machine slept. Those that do not
    /// answer within one ping interval are lost.
    void doubt();

signals:
    /// A tunnel has come up.
    void connected(Fairlead::Net::Transport transport);
    /// The first failure since resume(); the pool has paused.
    void failed(const Fairlead::Net::UpgradeFailure &failure);
    /// Instead of failed(): there are no credentials to be had; the pool has paused.
    void signInNeeded(const Fairlead::Kube::SignInFailure &failure);
    /// The first spare since resume() broke, after `livedMs`; the pool has paused.
    void spareLost(const QString &text, qint64 livedMs);
    void roundTripMeasured(int ms);

private:
    friend class TunnelLease;

    /// A place on `tunnel` became free, or was given up for the next one.
    void takeBack(Tunnel *tunnel);
    void topUp();
    void startOne();
    void signInFirst();
    void startIn(int ms);
    void onOpened(Tunnel *tunnel);
    void onFailed(Tunnel *tunnel, const Net::UpgradeFailure &failure);
    void onLost(Tunnel *tunnel, const QString &text, bool wasInUse);
    void serveWaiters();
    [[nodiscard]] bool serveOne();
    [[nodiscard]] TunnelPointer freeTunnel() const;
    [[nodiscard]] TunnelPointer sharedTunnel() const;
    [[nodiscard]] ReuseVerdict verdictOn(const Tunnel &tunnel) const;
    [[nodiscard]] bool isFree(const Tunnel &tunnel) const;
    [[nodiscard]] int freeTunnels() const;
    void noteUse();
    void closeSurplus();
    void closeUnfit();
    static TunnelPointer takeFrom(std::vector<TunnelPointer> &list, const Tunnel *tunnel);

    PoolOptions m_options;
    const Clock &m_clock;
    TargetSource m_target;
    std::shared_ptr<Kube::CredentialSource> m_credentials;
    PoolSizer m_sizer;
    std::vector<TunnelPointer> m_connecting;
    std::vector<TunnelPointer> m_tunnels; ///< that came up, the one used last at the end
    std::deque<TunnelWaiter *> m_waiters;
    int m_scheduled = 0; ///< starts that wait for the gate or for credentials
    quint64 m_schedule = 0; ///< scheduled starts of an older number are void
    bool m_running = false;
    bool m_serving = false;
};

} // namespace Fairlead::Forward
