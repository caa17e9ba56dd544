#pragma once

#include "core/kube/config/connectionconfig.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QEvent>
#include <QHash>
#include <QString>
#include <QThread>

#include <atomic>
#include <memory>
#include <mutex>

namespace Fairlead::Test {

/// What the server answers to an upgrade request.
enum class UpgradeScript {
    Accept,
    AcceptWithGluedPing, ///< SPDY bytes in the same write as the 101
    NoProtocolHeader, ///< a 101 that is not ours
    Ok200,
    Unauthorized,
    Forbidden,
    NotFound,
    ServerError, ///< 500, plain text
    Html502,
    Never, ///< no answer at all
    Close ///< closes instead of an answer
};

/// What the pod's side does with a pair of streams.
enum class PairScript {
    Echo, ///< and ends in order one answer after the client's FIN
    Sink, ///< reads, counts, never ends by itself; ends in order at FIN
    Source, ///< sends `sourceBytes` of pattern(), then ends in order
    SourceThenKeep, ///< the same, but stays open
    SourceThenFinOnly, ///< ends data, leaves the error stream open (a node that passes half-closes on)
    SourceThenReset, ///< RST on the data stream
    SourceThenErrorOld, ///< data FIN, `errorText`, error FIN
    SourceThenErrorNew, ///< data FIN, `errorText`, RST of the error stream
    SourceThenErrorPieces,
    SourceThenErrorReset, ///< RST of the error stream, without words
    ResetInsteadOfReply,
    NoReply,
    OneSecondRule, ///< echoes; one second after the client's FIN both ends, whatever is left
    AnswerLater, ///< at FIN waits 500 ms, sends "late answer", ends: a node that passes half-closes on
    NeverRead ///< replies, then stops to read the connection
};

struct ServerScript {
    bool tls = true;
    UpgradeScript upgrade = UpgradeScript::Accept; ///< over whichever transport
    bool spdy = true; ///< false: as behind a gateway that removes SPDY upgrades
    bool webSocket = true; ///< false: as an API server before 1.30
    QByteArray version; ///< /version's gitVersion; empty: there is no /version
    int podStatus = 200; ///< of GET pod
    QString podPhase = QStringLiteral("Running");
    bool answerPings = true;
    /// By remote port; what is not here echoes.
    QHash<quint16, PairScript> pairs;
    qint64 sourceBytes = 0;
    QByteArray errorText = "error forwarding port 1 to pod 0123, uid : connect: connection refused";
};

/// `size` bytes that depend on the seed, so that mixed-up connections show.
[[nodiscard]] QByteArray pattern(quint32 seed, qsizetype size);
/// A part of it.
[[nodiscard]] QByteArray patternAt(quint32 seed, qint64 offset, qsizetype size);

/// Connections put their own deletion off while their listener is being deleted, so that the end takes two more rounds.
class ServerThread final : public QThread
{
protected:
    void run() override
    {
        exec();
        for (int i = 0; i < 2; ++i)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

/// An API server and node in one, on loopback, that misbehaves as told: TLS or plain, GET of a pod, the upgrade, SPDY
/// with the session of this program in server role. Runs on a thread of its own; all functions may be called from the
/// test's thread.
class FaultServer final
{
public:
    explicit FaultServer(const ServerScript &script = {});
    ~FaultServer();

    void setScript(const ServerScript &script);
    [[nodiscard]] ServerScript script() const;
    [[nodiscard]] quint16 port() const { return m_port; }
    /// What a kubeconfig for it would say.
    [[nodiscard]] Kube::ConnectionConfig connection() const;

    enum class Kill {
        Fin, ///< TCP FIN without goodbye
        Reset, ///< TCP RST
        GoAway ///< GOAWAY, then close
    };
    /// Ends all upgraded connections that are open.
    void killAll(Kill kind);
    /// Open connections stop to answer or read anything, and new ones are not accepted, until false.
    void setBlackHole(bool on);
    /// No listening at all: connections are refused.
    void setListening(bool on);

    [[nodiscard]] int upgraded() const { return m_upgraded; }
    /// How many of them are WebSockets.
    [[nodiscard]] int webSockets() const { return m_webSockets; }
    /// Upgrade requests, refused ones too.
    [[nodiscard]] int upgradeRequests() const { return m_upgradeRequests; }
    /// Path of the last upgrade request.
    [[nodiscard]] QByteArray lastUpgradePath() const;
    [[nodiscard]] int openUpgrades() const { return m_openUpgrades; }
    [[nodiscard]] int pairsOpened() const { return m_pairs; }
    [[nodiscard]] int resetsSeen() const { return m_resets; }
    [[nodiscard]] quint64 payloadReceived() const { return m_received; }
    [[nodiscard]] quint64 payloadSent() const { return m_sent; }
    /// Payload of the last source that the client's kernel has confirmed, for sources that were killed.
    [[nodiscard]] quint64 payloadAcknowledged() const { return m_acknowledged; }

private:
    friend class FaultConnection;
    friend class FaultListener;
    class Worker;

    mutable std::mutex m_mutex;
    ServerScript m_script;
    std::atomic<quint16> m_port = 0;
    QByteArray m_caPem;
    QByteArray m_lastUpgradePath;
    std::atomic<int> m_upgraded = 0;
    std::atomic<int> m_webSockets = 0;
    std::atomic<int> m_upgradeRequests = 0;
    std::atomic<int> m_openUpgrades = 0;
    std::atomic<int> m_pairs = 0;
    std::atomic<int> m_resets = 0;
    std::atomic<quint64> m_received = 0;
    std::atomic<quint64> m_sent = 0;
    std::atomic<quint64> m_acknowledged = 0;
    std::atomic<bool> m_blackHole = false;
    ServerThread m_thread;
    Worker *m_worker = nullptr;
};

} // namespace Fairlead::Test
