#pragma once

#include "core/protocol/portforward/streamheaders.h"
#include "core/protocol/spdy/session.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace Fairlead::PortForward {

/// Server role: puts the streams that a client opens together in pairs, one pair a forwarded connection, as the
/// streaming servers of container runtimes do. It has no session and no clock: events and milliseconds go in, and the
/// answer tells the owner what to do with the stream.
///
/// Streams are matched by request id, in any order and interleaving. Without a request id (clients of the first
/// years) the error stream n belongs to the data stream n + 2. An id may be used again after its pair was complete.
/// Data that comes before its pair is complete is kept by the owner, or not read. Memory: MaxPending request ids of
/// the size that the session lets through.
class PairAssembler final
{
public:
    struct Pair {
        quint32 errorStream;
        quint32 dataStream;
        quint16 port; ///< of the data stream, which is the one that counts
        QByteArray requestId;
    };
    /// Reset it (CANCEL) without a reply.
    struct Rejected {
        QString reason; ///< for a log
    };
    /// Reply; its partner has not come yet.
    struct Accepted {
    };
    /// Reply, and connect.
    struct Completed {
        Pair pair;
    };
    /// Reply, but the stream stays dead: its place is taken. `text` goes to `errorStream`, the one that was there
    /// before, unless that is 0.
    struct Duplicate {
        quint32 errorStream;
        QString text;
    };
    using Answer = std::variant<Rejected, Accepted, Completed, Duplicate>;

    /// A pair that stayed half. `text` goes to `errorStream` unless that is 0; nothing is closed, and a partner
    /// that comes later begins a new wait.
    struct TimedOut {
        quint32 errorStream;
        quint32 dataStream; ///< 0 unless it was the one that came
        QString text;
    };

    /// How long a stream waits for its partner; the value of all runtimes.
    static constexpr qint64 DefaultTimeoutMs = 30'000;
    /// So many pairs may be half at a time. A stream that its client has finished in both directions is forgotten by
    /// the session but waits here, so the session's own limit is not enough.
    static constexpr qsizetype MaxPending = 1024;

    explicit PairAssembler(qint64 timeoutMs = DefaultTimeoutMs)
        : m_timeoutMs(timeoutMs)
    {
    }

    [[nodiscard]] Answer streamOpened(const Spdy::StreamOpened &stream, qint64 nowMs);
    /// A pending stream was reset; its partner, if it comes, will wait for another.
    void streamGone(quint32 stream);
    /// The pairs whose time is over.
    [[nodiscard]] QList<TimedOut> takeExpired(qint64 nowMs);
    /// When to call takeExpired() next; nothing while no stream waits.
    [[nodiscard]] std::optional<qint64> nextDeadlineMs() const;
    [[nodiscard]] qsizetype pendingPairs() const { return m_pending.size(); }

private:
    struct Pending {
        quint32 errorStream = 0;
        quint32 dataStream = 0;
        quint16 port = 0;
        qint64 deadlineMs = 0;
    };
    [[nodiscard]] Answer assign(const QByteArray &requestId, StreamType type, quint32 stream, quint16 port,
                                qint64 nowMs);

    qint64 m_timeoutMs;
    QHash<QByteArray, Pending> m_pending;
};

} // namespace Fairlead::PortForward
