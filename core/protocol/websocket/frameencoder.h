#pragma once

#include "core/protocol/websocket/frame.h"

#include <QByteArray>

#include <optional>

namespace Fairlead::WebSocket {

/// Writes the header of an unfragmented frame to `out`, which has room for MaxHeaderBytes; gives its size. With a key
/// the payload that follows must be masked with it.
qsizetype writeHeader(char *out, Opcode opcode, quint64 payloadSize, const std::optional<MaskKey> &key);

/// A whole frame, payload masked if there is a key.
[[nodiscard]] QByteArray encodeFrame(Opcode opcode, QByteArrayView payload, const std::optional<MaskKey> &key);

/// The payload of a close frame. The reason is cut to what a control frame takes.
[[nodiscard]] QByteArray closePayload(CloseCode code, QByteArrayView reason = {});

} // namespace Fairlead::WebSocket
