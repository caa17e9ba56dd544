#pragma once

#include "core/forward/forwardsnapshot.h"
#include "core/forward/locallistener.h"
#include "core/forward/trafficmeter.h"
#include "core/forward/tunnelpool.h"
#include "core/net/streamsocket.h"
#include "core/protocol/portforward/clientpair.h"

#include <QObject>

#include <optional>

namespace Fairlead::Forward {

/// One program that connected to a local port, and its way through a tunnel.
///
/// It waits for a tunnel (nothing is read meanwhile: the kernel holds what the program sends), opens a stream pair with
/// the first data in one write, copies both ways with marks, and ends as the pair says: everything that was received
/// goes to the program first, then FIN, or RST when the pod's side failed. The tunnel is given back as soon as the pair
/// is over, with what is known of its remains; the local socket may live a little longer, until the program has taken
/// everything. A program that has closed makes room on its tunnel already while its pod is still to end.
/// Lives in its forward's thread. Counters are what the kernel took and gave.
class LocalConnection final : public QObject, public TunnelWaiter
{
    Q_OBJECT

public:
    /// Towards the program: the tunnel is not read while more than this is unsent.
    static constexpr qsizetype UnsentMark = 256 * 1024;

    LocalConnection(quint64 id, AcceptedSocket socket, quint16 localPort, quint16 remotePort,
                    PortForward::PairTimes times, const Clock &clock, QObject *parent);
    ~LocalConnection() override;

    [[nodiscard]] quint64 id() const { return m_info.id; }
    [[nodiscard]] ConnectionSnapshot snapshot() const;
    [[nodiscard]] bool isWaiting() const { return m_phase == Phase::Waiting; }
    [[nodiscard]] qint64 acceptedAt() const { return m_acceptedAt; }

    /// The pod that it is to be led to, before tunnelReady().
    void aimAt(const QString &podUid, const QString &podName, quint16 remotePort);
    [[nodiscard]] const QString &podUid() const { return m_podUid; }
    /// After unserved(): it was the pod that did not want it, not the way there.
    [[nodiscard]] bool wasRefusedByPod() const { return m_info.end == ConnectionEnd::Refused; }
    [[nodiscard]] bool hasLostPod() const { return m_info.end == ConnectionEnd::PodGone; }
    /// After unserved(): waits for another tunnel.
    void waitAgain();
    /// After unserved(): ends as it would have.
    void acceptEnd();

    /// Its pod does not exist any more, as the API server says. Its node should end what is open, but does not always:
    /// when the pod's network goes before the last bytes, containerd waits for ever. So what still comes is copied, and
    /// after some seconds without any the connection ends.
    void podIsGone();

    /// Gives up waiting, with RST to the program.
    void rejectFor(ConnectionEnd end, const QString &text, const QString &detail);
    /// The user stopped the forward.
    void stop();
    void tick();
    /// Bytes since the last call, for the sums above.
    struct Moved {
        quint64 down = 0;
        quint64 up = 0;
    };
    [[nodiscard]] Moved takeMoved();
    bool sampleRates(qint64 now) { return m_meter.sample(now); }

    /// Pings the tunnel under it now: the machine slept, or the network changed.
    void doubt();

    void tunnelReady(TunnelLease lease) override;
    [[nodiscard]] bool ownsStream(quint32 stream) const override { return m_pair && m_pair->isMine(stream); }
    void sessionEvent(const Spdy::Event &event) override;
    void tunnelLost(const QString &text) override;
    void tunnelDrained() override;

signals:
    /// Its row is complete: how it ended and the final counts. Once; never from inside a call of the owner.
    void closed();
    /// The local socket is gone too; delete it now. After closed().
    void finished();
    /// The pod refused it or is gone, or its tunnel went away, and no program has seen a byte of it: another pod or
    /// tunnel could take it. waitAgain() or acceptEnd() must follow. Queued.
    void unserved();
    /// The connection to the API server broke under it.
    void tunnelBroke();

private:
    enum class Phase { Waiting, Copying, Unserved, Delivering, Lingering, Over };

    void openPair();
    void openPairAgain();
    void keepForRetry(QByteArrayView data);
    void giveUpRetrying();
    void onLocalReadable();
    [[nodiscard]] bool copyUpOnce();
    void discardFromProgram();
    void programEnded();
    void tellPairOfProgramsEnd();
    void programGone();
    void endWithPod();
    void apply(const PortForward::PairStep &step);
    [[nodiscard]] bool wasNeverSeen(const Spdy::Event &event) const;
    [[nodiscard]] bool mayBeServedElsewhere(ConnectionEnd end) const;
    void finishPair();
    void deliver();
    void continueDelivery();
    void linger();
    void settle(ConnectionEnd end, const QString &text, const QString &detail);
    void over();
    void releaseTunnel();
    void stepAside();
    [[nodiscard]] UploadFacts uploadFacts() const;
    void updateBackPressure();

    ConnectionSnapshot m_info;
    PortForward::PairTimes m_times;
    const Clock &m_clock;
    Net::StreamSocket *m_local;
    TunnelLease m_tunnel;
    std::optional<PortForward::ClientPair> m_pair;
    TrafficMeter m_meter;
    Phase m_phase = Phase::Waiting;
    qint64 m_acceptedAt;
    qint64 m_movedAt = 0;
    std::optional<qint64> m_podGoneAt;
    qint64 m_closedAt = 0;
    qint64 m_lingerUntil = 0;
    quint64 m_readWhileCopying = 0;
    QString m_podUid;
    QByteArray m_kept; ///< what the program has sent so far, while m_mayRetry
    bool m_mayRetry = true;
    bool m_neverSeen = false; ///< the server said that it did not look at the pair
    int m_retries = 0;
    Moved m_reported;
    bool m_programEnded = false;
    bool m_programClosed = false; ///< altogether, as far as the system tells
    bool m_settled = false;
};

} // namespace Fairlead::Forward
