#include "core/protocol/portforward/pairassembler.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::PortForward {
namespace {

/// Plain decimal digits from 1 to 65535, or nothing.
std::optional<quint16> parsePort(const QByteArray &text)
{
    const bool isDigits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool ok = false;
    const ushort port = isDigits ? text.toUShort(&ok) : ushort(0);
    return ok && port > 0 ? std::optional<quint16>(port) : std::nullopt;
}

std::optional<StreamType> parseType(const QByteArray &text)
{
    if (text == "error") {
        return StreamType::Error;
    }
    return text == "data" ? std::optional(StreamType::Data) : std::nullopt;
}

/// Which pair a stream belongs to. Without a header it is named by the id of its error stream.
QByteArray requestIdOf(const Spdy::StreamOpened &stream, StreamType type)
{
    const QByteArray given = Spdy::headerValue(stream.headers, RequestIdHeader);
    if (!given.isEmpty()) {
        return given;
    }
    return QByteArray::number(type == StreamType::Error ? qint64(stream.stream) : qint64(stream.stream) - 2);
}

} // namespace

PairAssembler::Answer PairAssembler::streamOpened(const Spdy::StreamOpened &stream, qint64 nowMs)
{
    const QByteArray portText = Spdy::headerValue(stream.headers, PortHeader);
    const QByteArray typeText = Spdy::headerValue(stream.headers, StreamTypeHeader);
    const std::optional<quint16> port = parsePort(portText);
    if (!port) {
        return Rejected{u"invalid port \"%1\""_s.arg(QString::fromUtf8(portText))};
    }
    const std::optional<StreamType> type = parseType(typeText);
    if (!type) {
        return Rejected{u"invalid stream type \"%1\""_s.arg(QString::fromUtf8(typeText))};
    }
    return assign(requestIdOf(stream, *type), *type, stream.stream, *port, nowMs);
}

PairAssembler::Answer PairAssembler::assign(const QByteArray &requestId, StreamType type, quint32 stream, quint16 port,
                                            qint64 nowMs)
{
    const auto found = m_pending.find(requestId);
    if (found == m_pending.end() && m_pending.size() >= MaxPending) {
        return Rejected{u"too many streams wait for their partner"_s};
    }
    Pending &pending =
        found == m_pending.end() ? m_pending.insert(requestId, {0, 0, 0, nowMs + m_timeoutMs}).value() : found.value();
    quint32 &place = type == StreamType::Error ? pending.errorStream : pending.dataStream;
    if (place != 0) {
        const QString name = type == StreamType::Error ? u"error"_s : u"data"_s;
        return Duplicate{pending.errorStream,
                         u"error processing stream for request %1: %2 stream already assigned"_s.arg(
                             QString::fromUtf8(requestId), name)};
    }
    place = stream;
    if (type == StreamType::Data) {
        pending.port = port;
    }
    if (pending.errorStream == 0 || pending.dataStream == 0) {
        return Accepted{};
    }
    const Completed completed{{pending.errorStream, pending.dataStream, pending.port, requestId}};
    m_pending.remove(requestId);
    return completed;
}

void PairAssembler::streamGone(quint32 stream)
{
    m_pending.removeIf([stream](const auto &entry) {
        return entry.value().errorStream == stream || entry.value().dataStream == stream;
    });
}

QList<PairAssembler::TimedOut> PairAssembler::takeExpired(qint64 nowMs)
{
    QList<TimedOut> expired;
    for (auto it = m_pending.begin(); it != m_pending.end();) {
        if (it->deadlineMs > nowMs) {
            ++it;
            continue;
        }
        expired.append({it->errorStream, it->dataStream,
                        u"(request=%1) timed out waiting for streams"_s.arg(QString::fromUtf8(it.key()))});
        it = m_pending.erase(it);
    }
    return expired;
}

std::optional<qint64> PairAssembler::nextDeadlineMs() const
{
    std::optional<qint64> next;
    for (const Pending &pending : m_pending) {
        next = std::min(next.value_or(pending.deadlineMs), pending.deadlineMs);
    }
    return next;
}

} // namespace Fairlead::PortForward
