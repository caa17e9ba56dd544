#include "core/protocol/websocket/frame.h"

namespace Fairlead::WebSocket {

CloseCode closeCodeFor(FrameError error)
{
    return error == FrameError::TextMessage ? CloseCode::Unsupported : CloseCode::ProtocolError;
}

QString describe(FrameError error)
{
    switch (error) {
    case FrameError::ReservedBits:
        return QStringLiteral("websocket: reserved bits are set");
    case FrameError::UnknownOpcode:
        return QStringLiteral("websocket: unknown opcode");
    case FrameError::NotMasked:
        return QStringLiteral("websocket: a client's frame is not masked");
    case FrameError::Masked:
        return QStringLiteral("websocket: a server's frame is masked");
    case FrameError::ControlTooLong:
        return QStringLiteral("websocket: a control frame is longer than 125 bytes");
    case FrameError::ControlFragmented:
        return QStringLiteral("websocket: a control frame is fragmented");
    case FrameError::LengthNotShortest:
        return QStringLiteral("websocket: a length is not in its shortest form");
    case FrameError::LengthTooLarge:
        return QStringLiteral("websocket: a length is larger than 2^63");
    case FrameError::NothingToContinue:
        return QStringLiteral("websocket: a continuation without a message");
    case FrameError::MessageInsideMessage:
        return QStringLiteral("websocket: a message begins inside another one");
    case FrameError::TextMessage:
        return QStringLiteral("websocket: invalid message type received");
    case FrameError::BadClose:
        return QStringLiteral("websocket: a close frame makes no sense");
    }
    return {};
}

} // namespace Fairlead::WebSocket
