#pragma once

#include <QByteArrayView>
#include <QString>

#include <array>

/// RFC 6455 as far as a tunnel of bytes needs it, both roles, without sockets, clocks or randomness.
///
///   byte 0   FIN RSV1 RSV2 RSV3 opcode(4)
///   byte 1   MASK length(7)          126: 16 bits follow, 127: 64 bits follow, big endian
///   0..8     the longer length
///   0 or 4   masking key, only from client to server
///   ...      payload, byte i XOR key[i mod 4]
namespace Fairlead::WebSocket {

enum class Role { Client, Server };

enum class Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Section 7.4.1. NoStatus and Abnormal are never on the wire.
enum class CloseCode : quint16 {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    Unsupported = 1003,
    NoStatus = 1005,
    Abnormal = 1006,
    BadData = 1007
};

/// What the peer got wrong; any of these ends the connection.
enum class FrameError {
    ReservedBits, ///< no extension was agreed on that could use them
    UnknownOpcode,
    NotMasked, ///< from a client (section 5.1)
    Masked, ///< from a server
    ControlTooLong,
    ControlFragmented,
    LengthNotShortest, ///< section 5.2: the shortest form must be used
    LengthTooLarge, ///< the 64th bit is set
    NothingToContinue,
    MessageInsideMessage,
    TextMessage, ///< the tunnel's messages are binary
    BadClose ///< one byte long, a code that nobody may send, or a reason that is no UTF-8
};

/// What a close frame says about it.
[[nodiscard]] CloseCode closeCodeFor(FrameError error);
/// A technical detail, not translated.
[[nodiscard]] QString describe(FrameError error);

constexpr qsizetype MaxHeaderBytes = 14;
/// Section 5.5.
constexpr qsizetype MaxControlPayload = 125;

using MaskKey = std::array<char, 4>;

} // namespace Fairlead::WebSocket
