#include "core/forward/connectionset.h"

#include "core/forward/localconnection.h"
#include "core/forward/routetable.h"

#include <algorithm>
#include <vector>

namespace Fairlead::Forward {

ConnectionSet::ConnectionSet(PortSet *ports, RouteTable *routes, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ports(ports)
    , m_routes(routes)
    , m_clock(clock)
{
}

ConnectionSet::~ConnectionSet()
{
    // Connections let their tunnels go and leave the pools' queues before the pools die.
    for (const auto &[id, entry] : m_connections) {
        m_routes->forget(entry.connection);
        delete entry.connection;
    }
}

LocalConnection *ConnectionSet::accept(int port, AcceptedSocket &socket)
{
    const PortForward::PairTimes times{m_options.replyTimeoutMs, m_options.halfCloseQuietMs};
    const quint64 id = m_nextId++;
    const PortSnapshot info = m_ports->snapshots().at(port);
    auto *connection =
        new LocalConnection(id, std::move(socket), info.localPort, info.remotePort, times, m_clock, this);
    m_connections.emplace(id, Entry{connection, port});
    m_ports->countOpened(port);
    ++m_open;
    ++m_total;
    m_lastActivity = m_clock.now();
    connect(connection, &LocalConnection::closed, this, [this, connection] { onClosed(connection); });
    connect(connection, &LocalConnection::unserved, this, [this, connection] { onUnserved(connection); });
    connect(connection, &LocalConnection::finished, this, [this, id, connection] {
        m_connections.erase(id);
        connection->deleteLater();
    });
    connect(connection, &LocalConnection::tunnelBroke, this, &ConnectionSet::tunnelBroke);
    emit opened(connection->snapshot());
    return connection;
}

void ConnectionSet::assignWaiting()
{
    for (const auto &[id, entry] : m_connections) {
        if (entry.connection->isWaiting())
            m_routes->assign(entry.connection, entry.port);
    }
}

/// What a pod refused only another pod may take; what a tunnel lost, any; what a lost pod left, any that comes.
void ConnectionSet::onUnserved(LocalConnection *connection)
{
    m_routes->forget(connection);
    if (connection->hasLostPod())
        return waitForNextPod(connection);
    const int port = m_connections.at(connection->id()).port;
    const QString avoid = connection->wasRefusedByPod() ? connection->podUid() : QString();
    if (!avoid.isEmpty() && !m_routes->hasOther(avoid))
        return connection->acceptEnd();
    connection->waitAgain();
    m_routes->assign(connection, port, avoid);
}

/// The forward hears of it first, and finds the next pod, or turns away who waits for one.
void ConnectionSet::waitForNextPod(LocalConnection *connection)
{
    const ConnectionSnapshot info = connection->snapshot();
    const QString uid = connection->podUid();
    connection->waitAgain();
    emit podGone(uid, info.endText, info.endDetail);
    if (connection->isWaiting())
        m_routes->assign(connection, m_connections.at(connection->id()).port, uid);
}

void ConnectionSet::onClosed(LocalConnection *connection)
{
    m_routes->forget(connection);
    const Entry entry = m_connections.at(connection->id());
    const LocalConnection::Moved moved = connection->takeMoved();
    take(entry, moved.down, moved.up);
    m_ports->countClosed(entry.port);
    --m_open;
    const ConnectionSnapshot info = connection->snapshot();
    emit closed(info);
    if (info.end == ConnectionEnd::PodGone)
        emit podGone(connection->podUid(), info.endText, info.endDetail);
}

void ConnectionSet::take(const Entry &entry, quint64 down, quint64 up)
{
    m_ports->addTraffic(entry.port, down, up);
    m_meter.add(down, up);
}

int ConnectionSet::waiting() const
{
    return int(std::count_if(m_connections.begin(), m_connections.end(),
                             [](const auto &item) { return item.second.connection->isWaiting(); }));
}

void ConnectionSet::reject(LocalConnection *connection, const QString &text, const QString &detail)
{
    m_routes->forget(connection);
    connection->rejectFor(ConnectionEnd::NoTunnel, text, detail);
}

void ConnectionSet::rejectWaiting(const QString &text, const QString &detail)
{
    for (const auto &[id, entry] : m_connections) { // nothing is erased but by queued signals
        if (entry.connection->isWaiting())
            reject(entry.connection, text, detail);
    }
}

void ConnectionSet::rejectLate(const QString &why)
{
    const qint64 now = m_clock.monotonicMs();
    for (const auto &[id, entry] : m_connections) {
        LocalConnection *connection = entry.connection;
        if (!connection->isWaiting() || now - connection->acceptedAt() < m_options.waitForTunnelMs)
            continue;
        reject(connection,
               tr("No connection to the pod could be had in %n second(s).", nullptr, m_options.waitForTunnelMs / 1'000),
               why);
    }
}

void ConnectionSet::stopAll()
{
    std::vector<LocalConnection *> open; // stop() may change the map
    for (const auto &[id, entry] : m_connections)
        open.push_back(entry.connection);
    for (LocalConnection *connection : open) {
        m_routes->forget(connection);
        connection->stop();
    }
}

void ConnectionSet::podsAreGone(const QSet<QString> &uids)
{
    for (const auto &[id, entry] : m_connections) {
        if (uids.contains(entry.connection->podUid()))
            entry.connection->podIsGone();
    }
}

void ConnectionSet::tick()
{
    for (const auto &[id, entry] : m_connections)
        entry.connection->tick();
}

void ConnectionSet::doubt()
{
    for (const auto &[id, entry] : m_connections)
        entry.connection->doubt();
}

bool ConnectionSet::collect(QList<ConnectionSnapshot> *moved)
{
    const qint64 now = m_clock.monotonicMs();
    bool changed = false;
    for (const auto &[id, entry] : m_connections) {
        const LocalConnection::Moved fresh = entry.connection->takeMoved();
        const bool newRate = entry.connection->sampleRates(now);
        if (fresh.down + fresh.up > 0) {
            take(entry, fresh.down, fresh.up);
            m_lastActivity = m_clock.now();
            changed = true;
        }
        if (newRate || fresh.down + fresh.up > 0)
            moved->append(entry.connection->snapshot());
    }
    changed = m_ports->sample(now) || changed;
    return m_meter.sample(now) || changed;
}

} // namespace Fairlead::Forward
