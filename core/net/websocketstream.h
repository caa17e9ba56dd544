#pragma once

#include "core/net/bytestream.h"
#include "core/protocol/websocket/bytepipe.h"

#include <QByteArray>

#include <memory>

namespace Fairlead::Net {

/// The client's end of a WebSocket tunnel over another stream (plain or TLS) whose handshakes are done: payload in,
/// payload out; frames, masks, pings and close frames stay in here.
///
/// Reading unmasks nothing and copies only over the gaps that headers leave. Writing masks on the way into the one
/// buffer that goes to the inner stream; what that does not take at once is kept, one frame at most.
class WebSocketStream final : public ByteStream
{
public:
    /// `glued`: bytes that came behind the server's handshake.
    WebSocketStream(std::unique_ptr<ByteStream> inner, QByteArray glued);

    [[nodiscard]] IoResult handshake() override { return IoResult::moved(0); }
    [[nodiscard]] IoResult read(char *buffer, qsizetype size) override;
    [[nodiscard]] IoResult write(QByteArrayView bytes) override;
    [[nodiscard]] IoResult flush() override;
    [[nodiscard]] bool hasUnsent() const override;
    [[nodiscard]] bool hasUnread() const override;
    /// A close frame, then the inner stream's own goodbye.
    void sayGoodbye() override;

private:
    [[nodiscard]] IoResult readInner(char *buffer, qsizetype size);
    [[nodiscard]] qsizetype unwrap(char *buffer, qsizetype size);
    [[nodiscard]] IoResult resultOfEnding() const;
    [[nodiscard]] IoResult sendRest();

    std::unique_ptr<ByteStream> m_inner;
    QByteArray m_glued;
    WebSocket::BytePipe m_pipe;
    QByteArray m_rest; ///< of frames that the inner stream has not taken yet
    IoResult m_last = IoResult::moved(0); ///< what read() met; an end stays
    bool m_goodbye = false; ///< wanted
    bool m_goodbyeSaid = false; ///< by the inner stream
};

} // namespace Fairlead::Net
