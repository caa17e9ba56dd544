#pragma once

#include "core/democluster/node/podconnector.h"
#include "core/protocol/portforward/pairassembler.h"
#include "core/protocol/spdy/frames.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QObject>
#include <QTimer>

namespace Fairlead::Demo {

/// Where a pair sends its frames; the session that it belongs to.
class StreamWriter
{
public:
    virtual ~StreamWriter() = default;
    virtual void sendData(quint32 stream, QByteArrayView bytes, bool fin) = 0;
    virtual void resetStream(quint32 stream, Spdy::ResetStatus status) = 0;
};

/// One forwarded connection on the node: connects to the pod's port, copies both ways, and ends as container runtimes
/// do (reference: order of frames of k8s.io streaming 0.32 and later).
///
/// normal end        data FIN, error FIN
/// failure           data FIN, error text, error RST(CANCEL)
/// client reset      error FIN; the pod's connection is closed after what has arrived for it
///
/// With the one-second rule (containerd 1.4+, CRI-O 1.19+) the end of either direction ends the other a second later
/// and no half-close ever reaches the pod; without it half-closes pass through both ways. Everything that the pod sent
/// goes out before any end.
class NodePair final : public QObject
{
    Q_OBJECT

public:
    /// More than this unsent toward the pod, and the session stops reading.
    static constexpr qsizetype HighMark = 256 * 1024;
    static constexpr int RuleMs = 1000;

    /// `textPrefix` stands before every cause: "error forwarding port P to pod ID, uid : ".
    NodePair(const PortForward::PairAssembler::Pair &streams, QString textPrefix, bool oneSecondRule,
             StreamWriter &writer, QObject *parent);
    ~NodePair() override;

    /// Connects; `channels` becomes the parent of the connection, so that it can outlive this pair while it flushes.
    void begin(std::unique_ptr<PodConnector> connector, QObject *channels);
    /// Ends at once with that text instead of connecting.
    void refuse(const QString &cause);

    void receive(QByteArrayView bytes, bool fin);
    void clientReset();
    /// The pod's program has ended, although its connection may still be there (a restart or the end of the sandbox).
    void programEnded();
    /// The client (or the way to it) does not take what we send.
    void setStalled(bool stalled);

    [[nodiscard]] const PortForward::PairAssembler::Pair &streams() const { return m_streams; }
    [[nodiscard]] bool isOverfull() const;
    [[nodiscard]] bool isOver() const { return m_over; }

signals:
    void finished();
    /// isOverfull() may have become false.
    void drained();

private:
    void onConnected(PodConnector::Outcome outcome);
    void onReceived(QByteArrayView bytes);
    void onPodEnded();
    void onWriteFailed(const QString &cause);
    void onDrained();
    void clientFinished();
    void ruleTimeout();
    void finishData();
    void endNormally();
    void fail(const QString &cause);
    void finish();

    PortForward::PairAssembler::Pair m_streams;
    QString m_textPrefix;
    bool m_oneSecondRule;
    StreamWriter &m_writer;
    std::unique_ptr<PodConnector> m_connector;
    QObject *m_channels = nullptr;
    PodChannel *m_channel = nullptr;
    QByteArray m_early; ///< from the client, before the pod's port was connected
    bool m_clientDone = false;
    bool m_podDone = false;
    bool m_dataFinished = false; ///< our FIN on the data stream is out
    bool m_stalled = false;
    bool m_over = false;
    QString m_writeError;
    QTimer m_rule;
};

} // namespace Fairlead::Demo
