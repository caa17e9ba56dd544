#pragma once

#include "core/protocol/websocket/frame.h"

#include <QByteArray>

#include <optional>
#include <variant>

namespace Fairlead::WebSocket {

/// Cuts one direction of a WebSocket into runs of payload and control frames. `role` is the reader's.
///
/// Messages and frames are not put together: a run of payload is told as it comes, so a frame may be as long as its
/// length can say without anything being stored, and nothing is copied: feed() takes the buffer for as long as next()
/// gives something, takes masks off in it, and answers with views of it. Only headers and control frames, which may
/// come in pieces, are kept, 139 bytes at most. An error is final: next() repeats it.
class FrameDecoder
{
public:
    struct NeedMore {
    };
    /// Of a binary message, never empty.
    struct Payload {
        QByteArrayView bytes;
    };
    struct Control {
        Opcode opcode; ///< Close, Ping or Pong
        QByteArray payload;
    };
    using Step = std::variant<NeedMore, Payload, Control, FrameError>;

    explicit FrameDecoder(Role role)
        : m_role(role)
    {
    }

    /// Only after next() has answered NeedMore. The bytes are changed and must stay until next() does so again.
    void feed(char *bytes, qsizetype size);
    [[nodiscard]] Step next();

private:
    [[nodiscard]] bool readHeader();
    [[nodiscard]] qsizetype headerSize() const;
    [[nodiscard]] std::optional<FrameError> takeHeader();
    [[nodiscard]] std::optional<FrameError> checkOpcode(Opcode opcode, bool fin);
    [[nodiscard]] bool readLength();
    [[nodiscard]] Step takePayload();
    [[nodiscard]] Step takeControl();
    [[nodiscard]] bool isControl() const { return quint8(m_opcode) >= quint8(Opcode::Close); }

    Role m_role;
    char *m_bytes = nullptr;
    qsizetype m_size = 0;
    std::array<char, MaxHeaderBytes> m_header{};
    qsizetype m_headerFill = 0;
    bool m_inFrame = false;
    bool m_inMessage = false; ///< a fragment that is not the last one came
    Opcode m_opcode = Opcode::Binary;
    std::optional<MaskKey> m_key;
    quint64 m_left = 0; ///< of the frame's payload
    quint64 m_phase = 0; ///< bytes of it that came before
    QByteArray m_control;
    std::optional<FrameError> m_failure;
};

} // namespace Fairlead::WebSocket
