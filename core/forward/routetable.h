#pragma once

#include "core/forward/tunnelpool.h"
#include "core/forward/tunneltarget.h"
#include "core/kube/objects/objects.h"
#include "core/kube/objects/portspec.h"

#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace Fairlead::Forward {

class LocalConnection;

/// One pod that serves a forward.
struct ServingPod {
    Kube::PodInfo pod;
    QList<Kube::PortMapping> ports; ///< of the forward, in its order, as this pod has them
};

/// The pods that serve a forward now, each with its pool of tunnels, and which connection waits at which.
///
/// A pod that leaves takes its pool along; tunnels in use belong to their connections and go on. Connections take the
/// pods in turn. Lives in its forward's thread.
class RouteTable final : public QObject
{
    Q_OBJECT

public:
    RouteTable(const Clock &clock, QObject *parent);
    ~RouteTable() override;

    /// For pools to come.
    void setOptions(const PoolOptions &options) { m_options = options; }
    /// For the tunnels to come; the ones there are stay.
    void setConnection(const TunnelTarget &target);
    /// Connections that waited at a pod that is not among them wait at none afterwards.
    void setPods(const QList<ServingPod> &pods);
    void drop(const QString &uid);

    void resume();
    void pause();
    /// Lets all unused tunnels and the pods go.
    void clear();
    /// Lets unused tunnels go, not the pods: tunnels made from now on are new ones.
    void renew();
    void tick();
    void doubt();

    [[nodiscard]] bool isEmpty() const { return m_routes.empty(); }
    [[nodiscard]] bool isRunning() const;
    /// A tunnel to one of the pods has come up, and nothing has failed since.
    [[nodiscard]] bool isUp() const;
    [[nodiscard]] QStringList uids() const;
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] bool hasSpare() const;
    /// There are pods besides this one.
    [[nodiscard]] bool hasOther(const QString &uid) const;

    /// Puts a waiting connection in a pod's queue, unless it is in one or there is no pod. `port`: index of its port;
    /// `avoid`: a pod's uid that is taken only if there is no other.
    void assign(LocalConnection *connection, int port, const QString &avoid = {});
    /// Before a connection dies, or is turned away.
    void forget(LocalConnection *connection);

signals:
    void connected(const QString &uid, Fairlead::Net::Transport transport);
    void failed(const QString &uid, const Fairlead::Net::UpgradeFailure &failure);
    void signInNeeded(const Fairlead::Kube::SignInFailure &failure);
    /// A tunnel that nobody used broke after `livedMs`.
    void spareLost(const QString &text, qint64 livedMs);
    void roundTripMeasured(int ms);

private:
    struct Route {
        ServingPod serving;
        TunnelPool *pool = nullptr; ///< deleted later: it may be what called us
        bool up = false;
    };
    using Routes = std::vector<std::unique_ptr<Route>>;

    [[nodiscard]] std::unique_ptr<Route> makeRoute(const ServingPod &serving);
    void aim(Route &route);
    void release(Route &route);
    [[nodiscard]] std::vector<TunnelPool *> pools() const;
    [[nodiscard]] Routes::iterator find(const QString &uid);
    [[nodiscard]] Route *next(const QString &avoid);

    PoolOptions m_options;
    const Clock &m_clock;
    std::optional<TunnelTarget> m_target;
    Routes m_routes;
    std::map<LocalConnection *, QString> m_waitsAt; ///< uid
    size_t m_turn = 0;
    bool m_running = false;
};

} // namespace Fairlead::Forward
