#pragma once

#include "core/protocol/websocket/framedecoder.h"

#include <functional>

namespace Fairlead::WebSocket {

/// How a WebSocket came to its end.
struct Ending {
    CloseCode code = CloseCode::Normal; ///< NoStatus: the peer gave none
    QString detail; ///< the peer's reason, or what it got wrong
    bool byPeer = false; ///< its close frame came; otherwise it broke the rules, and `code` is what it was told
};

/// A WebSocket used as a pipe of bytes (`SPDY/3.1+...` in Kubernetes): payload in, payload out, messages and frames
/// mean nothing. Answers pings and close frames by itself. Sees no socket: the owner sends control() between two
/// frames.
class BytePipe
{
public:
    /// A fresh, unpredictable key for each frame (section 5.3). Servers need none.
    using KeySource = std::function<MaskKey()>;

    BytePipe(Role role, KeySource keys);

    /// Takes what was read. The bytes are changed and must stay until nextPayload() gives nothing any more.
    void receive(char *bytes, qsizetype size);
    /// The next run of payload, in place; nothing: all is taken, or the WebSocket has ended.
    [[nodiscard]] std::optional<QByteArrayView> nextPayload();
    [[nodiscard]] const std::optional<Ending> &ending() const { return m_ending; }

    /// The key for the next frame that is sent, if this side masks.
    [[nodiscard]] std::optional<MaskKey> nextKey() const;
    /// A whole frame of payload.
    [[nodiscard]] QByteArray encode(QByteArrayView payload) const;

    /// Puts a close frame in line. Only the first one counts; nothing may be sent behind it.
    void close(CloseCode code);
    [[nodiscard]] bool isClosing() const { return m_closeSaid; }
    /// Pongs and close frames that are to be sent. A peer that pings and never reads costs one pong: the last ping is
    /// answered (section 5.5.3 allows it).
    [[nodiscard]] bool hasControl() const { return m_pong.has_value() || !m_close.isEmpty(); }
    [[nodiscard]] QByteArray takeControl();

private:
    void onControl(const FrameDecoder::Control &control);
    void onClose(const QByteArray &payload);
    void fail(FrameError error);

    FrameDecoder m_decoder;
    Role m_role;
    KeySource m_keys;
    std::optional<QByteArray> m_pong;
    QByteArray m_close;
    bool m_closeSaid = false;
    std::optional<Ending> m_ending;
};

} // namespace Fairlead::WebSocket
