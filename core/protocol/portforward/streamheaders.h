#pragma once

#include "core/protocol/spdy/frames.h"

#include <QByteArray>

/// The headers that say what a stream is for, and the two streams that one forwarded connection has: `data` carries
/// the bytes, `error` one text if the node fails.
namespace Fairlead::PortForward {

enum class StreamType { Error, Data };

inline const QByteArray StreamTypeHeader = QByteArrayLiteral("streamtype");
inline const QByteArray PortHeader = QByteArrayLiteral("port");
inline const QByteArray RequestIdHeader = QByteArrayLiteral("requestid");

/// What a client opens a stream with. Both streams of a pair have the same port and request id.
[[nodiscard]] inline Spdy::Headers streamHeaders(StreamType type, quint16 port, const QByteArray &requestId)
{
    const QByteArray name = type == StreamType::Error ? QByteArrayLiteral("error") : QByteArrayLiteral("data");
    return {{StreamTypeHeader, name}, {PortHeader, QByteArray::number(port)}, {RequestIdHeader, requestId}};
}

} // namespace Fairlead::PortForward
