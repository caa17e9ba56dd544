#pragma once

#include "core/protocol/spdy/session.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Fairlead::PortForward {

/// How one forwarded connection ended.
enum class PairEnd {
    ByProgram, ///< the local program ended first, in order
    ByPod, ///< the pod's side ended first, in order
    CutAfterEnd, ///< the pod's side cut the answer one second after the program's end of input (the runtime's rule)
    ProgramGone, ///< the local program reset or vanished; the streams were reset
    PodReset, ///< the pod's side reset, without words
    Rejected, ///< the node reset the streams before it had accepted them
    ErrorText, ///< words on the error stream
    NoReply, ///< the node did not accept the streams in time
    TunnelLost ///< the session broke
};

/// Times of the state machine, milliseconds.
struct PairTimes {
    int reply = 30'000; ///< for SYN_REPLY, as kubectl
    /// Hold the program's FIN until the pod has been silent for this long: a FIN cuts the answer one second later.
    int halfCloseQuiet = 10'000;
    /// After the first sign of an end: for the rest (the other stream's end, the error's words). Servers send all of
    /// it in one go.
    int endGrace = 300;
    int errorText = 2'000; ///< for the end of the error stream after its last words
};

/// What the owner of a pair must do now, in this order.
struct PairStep {
    QByteArrayView payload; ///< for the program; points where the event's body pointed
    bool endOfData = false; ///< then: the program gets end-of-file; it may go on sending
    bool finished = false; ///< then: end() is set, nothing more will come; isOrderly() says how to close
};

/// One forwarded TCP connection on a SPDY session, client side: an error stream and a data stream with one request id.
///
/// Sans I/O: the owner feeds session events, what the program does, and the time; it sends the session's output after
/// every call. Opening waits for nothing: both streams and the first data go out together. Everything that was received
/// before an end is in a step before the end's step. Memory: the error text (MaxErrorText).
/// Lives where its session lives. Rules: what the streaming servers of containerd and CRI-O do, as observed.
class ClientPair final
{
public:
    /// `session` must outlive the pair. `now` is monotonic, as in all calls below.
    ClientPair(Spdy::Session &session, quint16 port, QByteArray requestId, PairTimes times);

    /// False when the session takes no more streams; then nothing was sent.
    [[nodiscard]] bool open(QByteArrayView firstData, qint64 now);
    [[nodiscard]] bool isMine(quint32 stream) const { return stream == m_error.id || stream == m_data.id; }

    /// The program sent this.
    void sendData(QByteArrayView bytes);
    /// The program's end-of-file. `fullyClosed`: it is known that it reads no more, so that nothing need be held back.
    [[nodiscard]] PairStep programEnded(bool fullyClosed, qint64 now);
    /// The program reset the connection or cannot be written to any more.
    [[nodiscard]] PairStep programGone();

    [[nodiscard]] PairStep handle(const Spdy::Event &event, qint64 now);
    /// The connection under the session is gone; everything it delivered has been handled.
    [[nodiscard]] PairStep tunnelLost(const QString &why);
    /// When tick() should be called next, if at all.
    [[nodiscard]] std::optional<qint64> deadline() const;
    [[nodiscard]] PairStep tick(qint64 now);

    /// 0 before open().
    [[nodiscard]] quint32 errorStream() const { return m_error.id; }
    [[nodiscard]] quint32 dataStream() const { return m_data.id; }
    /// The node has replied to both streams.
    [[nodiscard]] bool isAccepted() const { return m_error.replied && m_data.replied; }
    /// The pod's side has been told that nothing more comes.
    [[nodiscard]] bool hasSentFin() const { return m_finSentAt.has_value(); }
    [[nodiscard]] std::optional<PairEnd> end() const { return m_end; }
    /// The program may be closed with FIN; otherwise with RST, after it got all data.
    [[nodiscard]] bool isOrderly() const;
    /// Both streams are finished on both sides: nothing of this pair is still on its way.
    [[nodiscard]] bool isSettled() const;
    /// The runtime's words, or what broke the tunnel; decoded leniently.
    [[nodiscard]] QString text() const;

private:
    enum class Progress { Open, Finished, Reset };
    struct Stream {
        quint32 id = 0;
        bool replied = false;
        Progress progress = Progress::Open; ///< of the peer's direction
    };

    [[nodiscard]] PairStep onData(const Spdy::DataReceived &event, qint64 now);
    [[nodiscard]] PairStep onReset(const Spdy::StreamReset &event, qint64 now);
    void collectText(QByteArrayView bytes);
    void noteEndBegan(qint64 now);
    [[nodiscard]] bool looksAbnormal() const;
    [[nodiscard]] PairStep evaluate(qint64 now, QByteArrayView payload = {});
    [[nodiscard]] std::optional<qint64> settleDeadline() const;
    [[nodiscard]] PairEnd judge() const;
    [[nodiscard]] PairStep finish(PairEnd end, QByteArrayView payload = {});
    void resetOpenStreams();
    void sendFin(qint64 now);
    [[nodiscard]] std::optional<qint64> finDeadline() const;

    Spdy::Session &m_session;
    quint16 m_port;
    QByteArray m_requestId;
    PairTimes m_times;
    Stream m_error;
    Stream m_data;
    QByteArray m_text;
    QString m_tunnelText;
    std::optional<PairEnd> m_end;
    qint64 m_openedAt = 0;
    qint64 m_lastDataAt = 0;
    std::optional<qint64> m_endBeganAt; ///< first end of a peer's stream, or first words
    std::optional<qint64> m_textAt; ///< last words
    std::optional<qint64> m_programEndedAt;
    std::optional<qint64> m_finSentAt;
    std::optional<qint64> m_dataEndedAt;
    bool m_fullyClosed = false;
    bool m_programEndedFirst = false;
    bool m_endOfDataTold = false;
};

} // namespace Fairlead::PortForward
