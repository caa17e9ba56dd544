#include "core/net/websocketstream.h"

#include "core/protocol/websocket/frameencoder.h"
#include "core/protocol/websocket/mask.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace Fairlead::Net {

namespace {
// With its header a frame fills what TlsStream encrypts at once, so that it leaves in one send().
constexpr qsizetype FrameBytes = 64 * 1024;
constexpr qsizetype PayloadBytes = FrameBytes - WebSocket::MaxHeaderBytes;

/// The system's generator: the key must not be known to those who choose the payload (RFC 6455 section 10.3).
WebSocket::MaskKey randomKey()
{
    const quint32 random = QRandomGenerator::system()->generate();
    WebSocket::MaskKey key{};
    std::memcpy(key.data(), &random, key.size());
    return key;
}

/// Frames are made here and mostly gone when write() returns; one for all connections of a thread. On the heap: what is
/// thread-local by itself lies on the stack of every thread of the program, and small ones would not start any more.
char *frameBuffer()
{
    static thread_local const auto buffer = std::make_unique<std::array<char, FrameBytes>>();
    return buffer->data();
}
} // namespace

WebSocketStream::WebSocketStream(std::unique_ptr<ByteStream> inner, QByteArray glued)
    : m_inner(std::move(inner))
    , m_glued(std::move(glued))
    , m_pipe(WebSocket::Role::Client, randomKey)
{
}

IoResult WebSocketStream::read(char *buffer, qsizetype size)
{
    for (;;) {
        if (m_pipe.ending())
            return m_last = resultOfEnding();
        if (m_last.kind == IoResult::Kind::End || m_last.kind == IoResult::Kind::Failed)
            return m_last;
        m_last = readInner(buffer, size);
        if (m_last.kind == IoResult::Kind::End) // TCP's or TLS's, without a close frame
            m_last = IoResult::failed(QStringLiteral("websocket: close 1006 (abnormal closure): unexpected EOF"));
        if (m_last.kind != IoResult::Kind::Moved)
            return m_last;
        if (const qsizetype payload = unwrap(buffer, m_last.bytes); payload > 0)
            return IoResult::moved(payload);
    }
}

IoResult WebSocketStream::readInner(char *buffer, qsizetype size)
{
    if (m_glued.isEmpty())
        return m_inner->read(buffer, size);
    const qsizetype count = std::min(size, m_glued.size());
    std::memcpy(buffer, m_glued.constData(), size_t(count));
    m_glued.remove(0, count);
    return IoResult::moved(count);
}

/// Moves the payload of what was read to the front; tells how much it is.
qsizetype WebSocketStream::unwrap(char *buffer, qsizetype size)
{
    qsizetype payload = 0;
    m_pipe.receive(buffer, size);
    while (const auto run = m_pipe.nextPayload()) {
        if (run->data() != buffer + payload)
            std::memmove(buffer + payload, run->data(), size_t(run->size()));
        payload += run->size();
    }
    return payload;
}

IoResult WebSocketStream::resultOfEnding() const
{
    using WebSocket::CloseCode;
    const WebSocket::Ending &ending = *m_pipe.ending();
    if (!ending.byPeer)
        return IoResult::failed(ending.detail);
    if (ending.code == CloseCode::Normal || ending.code == CloseCode::NoStatus)
        return IoResult::end();
    const QString code = QStringLiteral("websocket: close %1").arg(int(ending.code));
    return IoResult::failed(ending.detail.isEmpty() ? code : code + QStringLiteral(": ") + ending.detail);
}

IoResult WebSocketStream::write(QByteArrayView bytes)
{
    if (const IoResult sent = sendRest(); sent.kind != IoResult::Kind::Moved)
        return sent;
    if (m_pipe.isClosing()) // nothing may follow a close frame; what was read last says why it is over
        return IoResult::failed(QStringLiteral("websocket: close sent"));
    if (m_inner->hasUnsent()) { // before anything is masked in vain
        if (const IoResult flushed = m_inner->flush(); flushed.kind != IoResult::Kind::Moved)
            return flushed;
    }
    const QByteArrayView part = bytes.first(std::min(bytes.size(), PayloadBytes));
    char *frame = frameBuffer();
    const auto key = m_pipe.nextKey();
    const qsizetype header = WebSocket::writeHeader(frame, WebSocket::Opcode::Binary, quint64(part.size()), key);
    WebSocket::applyMask(frame + header, part, *key);
    const QByteArrayView whole(frame, header + part.size());
    const IoResult written = m_inner->write(whole);
    if (written.kind != IoResult::Kind::Moved)
        return written;
    m_rest = whole.sliced(written.bytes).toByteArray();
    return IoResult::moved(part.size());
}

/// Moved: nothing is left here, though the inner stream may hold something.
IoResult WebSocketStream::sendRest()
{
    if (m_pipe.hasControl()) // whole frames are before it
        m_rest += m_pipe.takeControl();
    while (!m_rest.isEmpty()) {
        const IoResult written = m_inner->write(m_rest);
        if (written.kind != IoResult::Kind::Moved)
            return written;
        m_rest.remove(0, written.bytes);
    }
    return IoResult::moved(0);
}

IoResult WebSocketStream::flush()
{
    if (const IoResult sent = sendRest(); sent.kind != IoResult::Kind::Moved)
        return sent;
    if (m_goodbye && !std::exchange(m_goodbyeSaid, true))
        m_inner->sayGoodbye();
    return m_inner->flush();
}

bool WebSocketStream::hasUnsent() const
{
    return !m_rest.isEmpty() || m_pipe.hasControl() || (m_goodbye && !m_goodbyeSaid) || m_inner->hasUnsent();
}

bool WebSocketStream::hasUnread() const
{
    if (m_last.kind == IoResult::Kind::End || m_last.kind == IoResult::Kind::Failed)
        return true; // still to be told, again and again
    return m_pipe.ending() || !m_glued.isEmpty() || m_inner->hasUnread();
}

void WebSocketStream::sayGoodbye()
{
    m_pipe.close(WebSocket::CloseCode::Normal);
    m_goodbye = true;
}

} // namespace Fairlead::Net
