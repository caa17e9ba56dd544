#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

/// SPDY version 3 framing as Kubernetes speaks it: the dialect of the spdystream library, not the whole draft.
namespace Fairlead::Spdy {

/// Header names are lower case on the wire; several values of one name are joined by NUL.
using Headers = QList<std::pair<QByteArray, QByteArray>>;

[[nodiscard]] QByteArray headerValue(const Headers &headers, const QByteArray &name);

enum class FrameType : quint16 {
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    ExtraHeaders = 8,
    WindowUpdate = 9
};

enum class ResetStatus : quint32 {
    ProtocolError = 1,
    InvalidStream = 2,
    RefusedStream = 3,
    UnsupportedVersion = 4,
    Cancel = 5,
    InternalError = 6,
    FlowControlError = 7,
    StreamInUse = 8,
    StreamAlreadyClosed = 9,
    InvalidCredentials = 10,
    FrameTooLarge = 11
};

enum class GoAwayStatus : quint32 { Ok = 0, ProtocolError = 1, InternalError = 2 };

/// What every DATA frame that we send holds at the most. The library at the other end copies with a buffer of this
/// size; larger frames gain nothing and hold the connection longer.
constexpr qsizetype MaxDataBody = 32 * 1024;

/// Caps against a hostile peer. Real peers send three headers of a few bytes each.
struct Limits {
    quint32 controlFrameBytes = 64 * 1024; ///< compressed payload of one control frame
    quint32 headers = 64; ///< in one block
    quint32 headerFieldBytes = 4 * 1024; ///< one name or one value
    quint32 streams = 4096; ///< open at once
};

/// What the peer got wrong; any of these ends the session.
enum class FrameError {
    UnknownControlFrame,
    WrongLength,
    WrongFlags,
    StreamZero,
    PingZero,
    ZeroStatus,
    ControlFrameTooBig,
    BadCompression,
    BadHeaderBlock,
    ForbiddenHeader,
    TooManyStreams
};

/// One sentence for logs and error texts.
[[nodiscard]] QString describe(FrameError error);

} // namespace Fairlead::Spdy
