#pragma once

#include "core/forward/backoff.h"
#include "core/forward/engineoptions.h"
#include "core/forward/forwardsnapshot.h"
#include "core/forward/podcheck.h"
#include "core/forward/portset.h"
#include "core/forward/tunnelpool.h"
#include "core/support/result.h"

#include <QObject>

#include <map>
#include <memory>

class QTimer;

namespace Fairlead::Forward {

class LocalConnection;

/// One forward, on its I/O thread, with everything it owns: ports, connections, tunnels, retries.
///
/// It goes: connection config -> GET pod -> first tunnel -> local ports -> Running; what goes wrong on the way or
/// later becomes a Trouble, decide() says what follows. All calls come queued from the manager's thread; all signals go
/// back the same way, as values.
class ForwardWorker final : public QObject
{
    Q_OBJECT

public:
    using Connection = Result<Kube::ConnectionConfig, QString>;

    ForwardWorker(ForwardId id, const ForwardSpec &spec, const Clock &clock = SystemClock::instance());
    ~ForwardWorker() override;

    void start(const EngineOptions &options);
    void stop();
    void retry(const EngineOptions &options);
    void update(const ForwardSpec &spec, const EngineOptions &options);
    /// The answer to connectionNeeded(); an old one is ignored.
    void provideConnection(quint64 attempt, const Connection &connection);

signals:
    void connectionNeeded(quint64 attempt);
    /// The state or its reason changed; the snapshot has both.
    void stateChanged(const Fairlead::Forward::ForwardSnapshot &snapshot);
    /// At most four times a second. `moved`: connections whose counters or rates changed.
    void progressed(const Fairlead::Forward::ForwardSnapshot &snapshot,
                    const QList<Fairlead::Forward::ConnectionSnapshot> &moved);
    void listening(const Fairlead::Forward::PortSnapshot &port);
    void connectionOpened(const Fairlead::Forward::ConnectionSnapshot &connection);
    void connectionClosed(const Fairlead::Forward::ConnectionSnapshot &connection);
    void logged(const Fairlead::Forward::LogLine &line);

private:
    struct Entry {
        LocalConnection *connection = nullptr;
        int port = 0;
    };

    [[nodiscard]] bool isActive() const { return m_state != State::Stopped && m_state != State::Failed; }
    void makePool();
    void attempt();
    void onPodChecked(const PodCheck::Ports &ports);
    void onTunnelUp();
    void openPorts();
    void meet(const Trouble &trouble, qint64 tunnelLivedMs = 0);
    [[nodiscard]] int waitAfter(const Trouble &trouble, qint64 tunnelLivedMs);
    void retryIn(int ms);
    void setState(State state, const Reason &reason);

    void onAccepted(int port, AcceptedSocket &socket);
    void onClosed(LocalConnection *connection);
    void logAbnormalEnd(const ConnectionSnapshot &connection);
    [[nodiscard]] int waitingConnections() const;
    void rejectWaiting(const QString &text, const QString &detail);
    void rejectLateWaiters(qint64 now);

    void tick();
    void collectTraffic(QList<ConnectionSnapshot> *moved);
    void publish();
    void adjustTick();
    [[nodiscard]] ForwardSnapshot snapshot() const;
    void log(LogLine::Level level, const QString &text);

    const ForwardId m_id;
    ForwardSpec m_spec;
    const Clock &m_clock;
    EngineOptions m_options;
    State m_state = State::Stopped;
    Reason m_reason;
    PodCheck *m_podCheck;
    PortSet *m_ports;
    TunnelPool *m_pool = nullptr;
    QTimer *m_retryTimer;
    QTimer *m_tickTimer;
    Backoff m_backoff;
    Kube::ConnectionConfig m_config;
    std::map<quint64, Entry> m_connections;
    TrafficMeter m_meter;
    int m_openConnections = 0;
    quint64 m_totalConnections = 0;
    quint64 m_nextConnection = 1;
    quint64 m_attempt = 0;
    qint64 m_runningSince = 0;
    qint64 m_publishedAt = 0;
    std::optional<QDateTime> m_lastActivity;
    std::optional<int> m_roundTripMs;
    bool m_hasRun = false;
    bool m_credentialsRefreshed = false;
    bool m_dirty = false;
};

} // namespace Fairlead::Forward
