#pragma once

#include "core/forward/engineoptions.h"
#include "core/forward/forwardsnapshot.h"
#include "core/forward/portset.h"
#include "core/forward/trafficmeter.h"
#include "core/support/clock.h"

#include <QObject>
#include <QSet>

#include <map>

namespace Fairlead::Forward {

class LocalConnection;
class RouteTable;

/// The programs that are connected to one forward: their connections, from accept to the last byte, and the sums of
/// what they move. Connections without a pod are parked here, in the order in which they came, and given to the pods
/// of a RouteTable when there are some. Lives in its forward's thread.
class ConnectionSet final : public QObject
{
    Q_OBJECT

public:
    ConnectionSet(PortSet *ports, RouteTable *routes, const Clock &clock, QObject *parent);
    ~ConnectionSet() override;

    void setOptions(const EngineOptions &options) { m_options = options; }

    LocalConnection *accept(int port, AcceptedSocket &socket);
    /// Everyone who has no pod yet, in order.
    void assignWaiting();
    /// How many wait for a tunnel.
    [[nodiscard]] int waiting() const;
    void reject(LocalConnection *connection, const QString &text, const QString &detail);
    void rejectWaiting(const QString &text, const QString &detail);
    /// Those who have waited too long. `why` there is no tunnel.
    void rejectLate(const QString &why);
    /// These pods do not exist any more.
    void podsAreGone(const QSet<QString> &uids);
    void stopAll();
    void tick();
    /// The server may be gone: all tunnels in use are pinged.
    void doubt();

    /// Takes what moved since the last call; connections whose counters changed go to `moved`. True if anything did.
    [[nodiscard]] bool collect(QList<ConnectionSnapshot> *moved);
    [[nodiscard]] bool isEmpty() const { return m_connections.empty(); }
    [[nodiscard]] bool isQuiet() const { return m_connections.empty() && m_meter.isQuiet(); }
    [[nodiscard]] int open() const { return m_open; }
    [[nodiscard]] quint64 total() const { return m_total; }
    [[nodiscard]] const TrafficMeter &meter() const { return m_meter; }
    [[nodiscard]] std::optional<QDateTime> lastActivity() const { return m_lastActivity; }

signals:
    void opened(const Fairlead::Forward::ConnectionSnapshot &connection);
    /// Its final counts are in the sums.
    void closed(const Fairlead::Forward::ConnectionSnapshot &connection);
    void tunnelBroke();
    /// The node does not know a connection's pod any more.
    void podGone(const QString &podUid, const QString &text, const QString &detail);

private:
    struct Entry {
        LocalConnection *connection = nullptr;
        int port = 0;
    };

    void onClosed(LocalConnection *connection);
    void onUnserved(LocalConnection *connection);
    void waitForNextPod(LocalConnection *connection);
    void take(const Entry &entry, quint64 down, quint64 up);

    PortSet *m_ports;
    RouteTable *m_routes;
    const Clock &m_clock;
    EngineOptions m_options;
    std::map<quint64, Entry> m_connections; ///< by id: in the order of their coming
    TrafficMeter m_meter;
    std::optional<QDateTime> m_lastActivity;
    int m_open = 0;
    quint64 m_total = 0;
    quint64 m_nextId = 1;
};

} // namespace Fairlead::Forward
