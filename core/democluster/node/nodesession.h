#pragma once

#include "core/democluster/democluster.h"
#include "core/democluster/node/nodepair.h"
#include "core/democluster/state/objectstore.h"
#include "core/protocol/portforward/pairassembler.h"
#include "core/protocol/spdy/session.h"
#include "core/protocol/websocket/bytepipe.h"
#include "core/support/clock.h"

#include <QHash>
#include <QSslSocket>
#include <QTimer>

#include <memory>

namespace Fairlead::Demo {

/// What all sessions of the node share.
struct NodeServices {
    const ObjectStore &store;
    BuiltinPrograms &programs;
    const Clock &clock;
    bool oneSecondRule = true;
    qint64 pairTimeoutMs = PortForward::PairAssembler::DefaultTimeoutMs;
    int idleTimeoutMs = 4 * 3600 * 1000; ///< the default of all runtimes
};

/// One upgraded connection: SPDY frames on a TLS socket, or in a WebSocket on it, on one side, the connections to one
/// pod's ports on the other.
///
/// There is no flow control in SPDY as Kubernetes speaks it, so the socket is not read while any pair has more than
/// NodePair::HighMark waiting for its pod, and no pod is read while more than WriteHighMark waits for the client.
/// Owns the socket, deletes itself when that is closed. Lives in the cluster's thread.
class NodeSession final : public QObject, private StreamWriter
{
    Q_OBJECT

public:
    static constexpr qint64 WriteHighMark = 1024 * 1024;
    static constexpr qint64 WriteLowMark = 256 * 1024;
    static constexpr qint64 ReadBuffer = 256 * 1024;

    enum class Carrier { Plain, WebSocket };

    /// `channels` becomes the parent of connections to the pod, which may outlive the session while they flush.
    NodeSession(std::unique_ptr<QSslSocket> socket, Carrier carrier, const Pod &pod, const NodeServices &services,
                QObject *channels, QObject *parent);
    ~NodeSession() override;

    /// Begins with the bytes that came behind the upgrade request.
    void begin(const QByteArray &bytes);

    [[nodiscard]] const Pod &pod() const { return m_pod; }
    /// Every program of the pod has ended, so every connection to it has.
    void programsEnded();
    void disturb(Disturbance disturbance);
    /// On: nothing is read, nothing is sent, until it is off again.
    void setBlackHole(bool on);

private:
    /// Data of a stream whose partner has not come yet.
    struct EarlyData {
        QByteArray bytes;
        bool fin = false;
    };

    void sendData(quint32 stream, QByteArrayView bytes, bool fin) override;
    void resetStream(quint32 stream, Spdy::ResetStatus status) override;

    void onReadyRead();
    void onDisconnected();
    /// Takes what was read; it may be changed.
    void receive(char *bytes, qsizetype size);
    void consume(QByteArrayView bytes);
    void handle(const Spdy::StreamOpened &event);
    void handle(const Spdy::StreamReplied &) { }
    void handle(const Spdy::DataReceived &event);
    void handle(const Spdy::StreamReset &event);
    void handle(const Spdy::PingAnswered &) { }
    void handle(const Spdy::GoAwayReceived &) { }
    void handle(const Spdy::SessionFailed &event);
    void startPair(const PortForward::PairAssembler::Completed &completed, const Spdy::StreamOpened &last);
    void startConnecting(NodePair &pair);
    void removePair(NodePair *pair);
    void expirePairs();
    void scheduleExpiry();
    void scheduleFlush();
    void flush();
    void sendOutput();
    void updateStalled();
    [[nodiscard]] bool mustPause() const;
    [[nodiscard]] qint64 waitingForClient() const;
    void onIdle();
    void resetPairs();
    void close();

    std::unique_ptr<QSslSocket> m_socket;
    std::optional<WebSocket::BytePipe> m_pipe; ///< around SPDY
    Pod m_pod; ///< as it was at the upgrade
    NodeServices m_services;
    QObject *m_channels;
    Spdy::Session m_spdy;
    PortForward::PairAssembler m_assembler;
    QHash<quint32, NodePair *> m_pairs; ///< by data stream
    QHash<quint32, EarlyData> m_early;
    QTimer m_expiry;
    QTimer m_idle;
    bool m_consuming = false;
    bool m_flushScheduled = false;
    bool m_stalled = false;
    bool m_blackHole = false;
    bool m_closeSent = false; ///< nothing may follow a close frame
};

} // namespace Fairlead::Demo
