#pragma once

#include "core/protocol/spdy/frames.h"

#include <QByteArrayView>

#include <array>
#include <optional>
#include <variant>

namespace Fairlead::Spdy {

struct NeedMoreData {
};
/// A whole control frame. `body` is valid until the next feed() or next().
struct ControlFrame {
    FrameType type;
    quint8 flags;
    QByteArrayView body;
};
/// A part of a DATA frame, as much of it as has arrived; `fin` is only set on the last part of a frame that has the
/// flag. `body` points into the bytes that were fed.
struct DataPiece {
    quint32 stream;
    QByteArrayView body;
    bool fin;
};

/// Cuts the bytes of a session into frames:
///
///     control   1 | version (15 bits) | type (16)   flags (8) | length (24)   body[length]
///     data      0 | stream id (31)                  flags (8) | length (24)   body[length]
///
/// Control frames are collected until they are whole, DATA is passed on in the pieces in which it comes and never
/// copied. A control frame of an unknown type, of a length or flags that its type cannot have, or larger than the
/// limit is refused when its eight-byte head is in, so nobody can make us wait for or store its body. An error is
/// final: next() repeats it. Header blocks stay compressed here (see headerdecompressor.h).
class FrameDecoder final
{
public:
    using Step = std::variant<NeedMoreData, ControlFrame, DataPiece, FrameError>;

    explicit FrameDecoder(quint32 maxControlBody)
        : m_maxControlBody(maxControlBody)
    {
    }

    /// Takes more bytes, which must stay as they are until next() answers NeedMoreData. Everything that was fed
    /// before must have been consumed that way.
    void feed(QByteArrayView bytes);
    [[nodiscard]] Step next();

private:
    enum class Phase { Head, Control, Data, Failed };

    [[nodiscard]] bool takeHead();
    void startFrame(const char *head);
    void startControl(quint16 type, quint8 flags, quint32 length);
    [[nodiscard]] Step takeControl();
    [[nodiscard]] Step takeData();
    QByteArrayView cut(qsizetype size);

    quint32 m_maxControlBody;
    QByteArrayView m_input;
    std::array<char, 8> m_head{};
    qsizetype m_headSize = 0; ///< of m_head, while a head comes in pieces
    Phase m_phase = Phase::Head;
    FrameType m_type = FrameType::Ping;
    FrameError m_error = FrameError::WrongLength;
    quint32 m_stream = 0;
    quint8 m_flags = 0;
    qsizetype m_left = 0; ///< bytes of the body that have not come yet
    QByteArray m_control; ///< a control frame that came in pieces
};

} // namespace Fairlead::Spdy
