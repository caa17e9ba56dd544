#pragma once

#include "core/protocol/spdy/frames.h"

#include <QByteArrayView>

#include <memory>
#include <optional>
#include <variant>

namespace Fairlead::Spdy {

/// The peer opened a stream (server role only; a client answers REFUSED_STREAM by itself).
struct StreamOpened {
    quint32 stream;
    Headers headers;
    bool fin; ///< the peer will send nothing on it
};
struct StreamReplied {
    quint32 stream;
    bool fin;
};
/// Payload of a live stream. `body` points into the bytes handed to receive(): use it before the next nextEvent().
/// A large frame comes in several of these, as it arrives; `fin` is set on the last piece only. `body` may be empty
/// when only the FIN came.
struct DataReceived {
    quint32 stream;
    QByteArrayView body;
    bool fin;
};
struct StreamReset {
    quint32 stream;
    ResetStatus status;
};
struct PingAnswered {
    quint32 id;
};
/// The peer takes no more streams. What it sent before has been delivered; expect the connection to close.
struct GoAwayReceived {
    quint32 lastGoodStream;
    GoAwayStatus status;
};
/// The peer broke the protocol. Nothing more comes out; the caller sends takeOutput() and closes the connection.
struct SessionFailed {
    FrameError error;
    QString text;
};

using Event =
    std::variant<StreamOpened, StreamReplied, DataReceived, StreamReset, PingAnswered, GoAwayReceived, SessionFailed>;

enum class Role { Client, Server };

/// One SPDY session without its socket: bytes in, events out; calls in, bytes out.
///
/// It keeps the compression state of both directions, the table of open streams and the id counters, answers pings,
/// and drops what a stream that is gone still receives (decompressing it all the same). It knows no time: deadlines
/// are its owner's. Not thread-safe; lives where its socket lives. Memory: one partial control frame (Limits), the
/// unsent output, and a few bytes a stream. DATA is never collected.
/// Rules: the spdystream library of Kubernetes 1.0-1.37, see core/protocol/spdy/README.md.
class Session final
{
public:
    explicit Session(Role role, Limits limits = {});
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// Takes what the socket read. Call nextEvent() until it gives nullopt before `bytes` is changed or freed and
    /// before the next receive().
    void receive(QByteArrayView bytes);
    [[nodiscard]] std::optional<Event> nextEvent();

    /// Sends SYN_STREAM and gives the stream's id, or 0 when no stream may be opened (GOAWAY, ids used up, as many open
    /// as Limits allows).
    [[nodiscard]] quint32 openStream(const Headers &headers, bool fin = false);
    /// Server: accepts a stream. Sends SYN_REPLY without headers.
    void replyToStream(quint32 stream);
    /// Sends `body` as DATA frames of at most MaxDataBody; `fin` goes on the last (an empty body with `fin` is a
    /// frame too). Ignored on a stream that is unknown or finished on our side. A server that has not replied does so
    /// first: the peer would drop data that comes before the reply.
    void sendData(quint32 stream, QByteArrayView body, bool fin = false);
    /// Sends RST_STREAM and forgets the stream; later frames for it are dropped.
    void resetStream(quint32 stream, ResetStatus status);
    /// Sends PING and gives its id, which PingAnswered will carry.
    quint32 sendPing();
    void sendGoAway(GoAwayStatus status);

    /// What must go to the socket now, in order; empties the buffer.
    [[nodiscard]] QByteArray takeOutput();
    [[nodiscard]] qsizetype outputSize() const;

    [[nodiscard]] bool isKnown(quint32 stream) const; ///< open in at least one direction
    [[nodiscard]] qsizetype openStreams() const;
    [[nodiscard]] bool mayOpenStreams() const;
    [[nodiscard]] bool hasFailed() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fairlead::Spdy
