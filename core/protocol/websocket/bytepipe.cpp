#include "core/protocol/websocket/bytepipe.h"

#include "core/protocol/websocket/frameencoder.h"

#include <QStringDecoder>
#include <QtEndian>

namespace Fairlead::WebSocket {

namespace {
/// Section 7.4: what may be on the wire.
bool mayBeSent(quint16 code)
{
    constexpr quint16 FirstRegistered = 3000;
    constexpr quint16 LastPrivate = 4999;
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014)
        || (code >= FirstRegistered && code <= LastPrivate);
}
} // namespace

BytePipe::BytePipe(Role role, KeySource keys)
    : m_decoder(role)
    , m_role(role)
    , m_keys(std::move(keys))
{
}

void BytePipe::receive(char *bytes, qsizetype size)
{
    m_decoder.feed(bytes, size);
}

std::optional<QByteArrayView> BytePipe::nextPayload()
{
    while (!m_ending) {
        const FrameDecoder::Step step = m_decoder.next();
        if (const auto *payload = std::get_if<FrameDecoder::Payload>(&step))
            return payload->bytes;
        if (const auto *control = std::get_if<FrameDecoder::Control>(&step))
            onControl(*control);
        else if (const auto *error = std::get_if<FrameError>(&step))
            fail(*error);
        else
            break;
    }
    return {};
}

void BytePipe::onControl(const FrameDecoder::Control &control)
{
    if (control.opcode == Opcode::Ping)
        m_pong = control.payload;
    else if (control.opcode == Opcode::Close)
        onClose(control.payload);
}

void BytePipe::onClose(const QByteArray &payload)
{
    if (payload.isEmpty()) {
        m_ending = Ending{CloseCode::NoStatus, {}, true};
        return close(CloseCode::Normal);
    }
    if (payload.size() == 1)
        return fail(FrameError::BadClose);
    const auto code = qFromBigEndian<quint16>(payload.constData());
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString reason = decoder(QByteArrayView(payload).sliced(2));
    if (!mayBeSent(code) || decoder.hasError())
        return fail(FrameError::BadClose);
    m_ending = Ending{CloseCode(code), reason, true};
    close(CloseCode(code));
}

void BytePipe::fail(FrameError error)
{
    m_ending = Ending{closeCodeFor(error), describe(error), false};
    close(m_ending->code);
}

std::optional<MaskKey> BytePipe::nextKey() const
{
    return m_role == Role::Client ? std::optional(m_keys()) : std::nullopt;
}

QByteArray BytePipe::encode(QByteArrayView payload) const
{
    return encodeFrame(Opcode::Binary, payload, nextKey());
}

void BytePipe::close(CloseCode code)
{
    if (std::exchange(m_closeSaid, true))
        return;
    m_close = encodeFrame(Opcode::Close, closePayload(code), nextKey());
}

QByteArray BytePipe::takeControl()
{
    QByteArray bytes;
    if (m_pong)
        bytes = encodeFrame(Opcode::Pong, *m_pong, nextKey());
    m_pong.reset();
    bytes += std::exchange(m_close, {});
    return bytes;
}

} // namespace Fairlead::WebSocket
