#pragma once

#include "core/forward/backoff.h"
#include "core/forward/connectionset.h"
#include "core/forward/engineoptions.h"
#include "core/forward/forwardsignin.h"
#include "core/forward/forwardsnapshot.h"
#include "core/forward/podsource.h"
#include "core/forward/portset.h"
#include "core/forward/routetable.h"
#include "core/forward/transportinquiry.h"
#include "core/forward/trouble.h"
#include "core/net/servergate.h"
#include "core/net/tlscontextcache.h"
#include "core/support/filestamps.h"
#include "core/support/result.h"

#include <QObject>

class QTimer;

namespace Fairlead::Forward {

/// One forward, on its I/O thread, with everything it owns: ports, connections, routes to pods, retries.
///
/// It goes: connection config -> the target's pods (PodWatch) -> which of them serve (choosePods()) -> a tunnel ->
/// local ports -> Running. What goes wrong on the way or later becomes a Trouble, decide() says what follows. Ports,
/// once open, stay open until the user stops the forward or it has failed for good. All calls come queued from the
/// manager's thread; all signals go back the same way, as values.
class ForwardWorker final : public QObject
{
    Q_OBJECT

public:
    using Connection = Result<Kube::ConnectionConfig, QString>;

    /// What all forwards of a manager share. Thread-safe, all of it.
    struct Shared {
        std::shared_ptr<Net::ServerGate> gate = std::make_shared<Net::ServerGate>();
        std::shared_ptr<Net::TlsContextCache> contexts = std::make_shared<Net::TlsContextCache>();
        std::shared_ptr<TransportMemory> transports = std::make_shared<TransportMemory>();
    };

    ForwardWorker(ForwardId id, const ForwardSpec &spec, Shared shared, const Clock &clock = SystemClock::instance());
    ~ForwardWorker() override;

    /// `askedAtMs`: when the user did (monotonic); what a sign-in said before that no longer counts.
    void start(const EngineOptions &options, qint64 askedAtMs = 0);
    void stop();
    void retry(const EngineOptions &options, qint64 askedAtMs = 0);
    void update(const ForwardSpec &spec, const EngineOptions &options);
    /// The machine woke up or its network changed: nothing that was true before need be true now.
    void checkNow();
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
    [[nodiscard]] bool isActive() const { return m_state != State::Stopped && m_state != State::Failed; }
    [[nodiscard]] Trouble tunnelLost(const QString &text) const;
    void attempt();
    void enterGate(quint64 attempt, const Kube::ConnectionConfig &config);
    void useConnection(const Kube::ConnectionConfig &config);
    void startWatch();
    void meetBadCertificates(const QString &error);
    void onPods(const QSet<QString> &ended);
    void onPodsFailed(const Kube::ApiError &error);
    void choosePodsAgain();
    void serve(const QList<ServingPod> &pods);
    void waitForPod(const PodSource::Choice &choice);
    void onTunnelUp();
    void openPorts();
    void onUpgradeFailed(const QString &uid, const Net::UpgradeFailure &failure);
    void podGone(const QString &uid, const Trouble &trouble);
    void leavePod(const QString &uid, const Trouble &trouble);
    void meet(const Trouble &trouble, qint64 tunnelLivedMs = 0);
    [[nodiscard]] int waitAfter(const Trouble &trouble, qint64 tunnelLivedMs);
    void retryIn(int ms);
    void retryWhenServerIsBack();
    void setState(State state, const Reason &reason);

    void onAccepted(int port, AcceptedSocket &socket);
    void onClosed(const ConnectionSnapshot &connection);

    void tick();
    void lookAtFiles();
    void publish();
    void adjustTick();
    [[nodiscard]] ForwardSnapshot snapshot() const;
    void log(LogLine::Level level, const QString &text);

    const ForwardId m_id;
    ForwardSpec m_spec;
    const Shared m_shared;
    Net::ServerGate::Pass m_pass; ///< of the attempt that is under way
    const Clock &m_clock;
    EngineOptions m_options;
    State m_state = State::Stopped;
    Reason m_reason;
    PodSource *m_source;
    PortSet *m_ports;
    RouteTable *m_routes;
    ConnectionSet *m_connections;
    TransportInquiry *m_inquiry;
    ForwardSignIn *m_signIn;
    QTimer *m_retryTimer;
    QTimer *m_unreadyTimer;
    QTimer *m_tickTimer;
    Backoff m_backoff;
    Kube::ConnectionConfig m_config;
    FileStamps m_files;
    bool m_needsSignIn = false; ///< until the next attempt nothing is tried, whatever the watch says
    quint64 m_attempt = 0;
    qint64 m_runningSince = 0;
    qint64 m_publishedAt = 0;
    qint64 m_filesCheckedAt = 0;
    qint64 m_userAskedAt = 0;
    std::optional<int> m_roundTripMs;
    std::optional<Net::Transport> m_transport;
    int m_reconnects = 0;
    bool m_hasRun = false;
    bool m_dirty = false;
};

} // namespace Fairlead::Forward
