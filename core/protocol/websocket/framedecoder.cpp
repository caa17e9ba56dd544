#include "core/protocol/websocket/framedecoder.h"

#include "core/protocol/websocket/mask.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace Fairlead::WebSocket {

namespace {
constexpr quint8 FinBit = 0x80;
constexpr quint8 ReservedBits = 0x70;
constexpr quint8 OpcodeBits = 0x0f;
constexpr quint8 MaskBit = 0x80;
constexpr quint8 LengthBits = 0x7f;
constexpr quint8 Length16 = 126;
constexpr quint8 Length64 = 127;

bool isKnown(Opcode opcode)
{
    switch (opcode) {
    case Opcode::Continuation:
    case Opcode::Text:
    case Opcode::Binary:
    case Opcode::Close:
    case Opcode::Ping:
    case Opcode::Pong:
        return true;
    }
    return false;
}
} // namespace

void FrameDecoder::feed(char *bytes, qsizetype size)
{
    m_bytes = bytes;
    m_size = size;
}

FrameDecoder::Step FrameDecoder::next()
{
    while (!m_failure) {
        if (!m_inFrame) {
            if (!readHeader())
                return NeedMore{};
            if (!(m_failure = takeHeader()))
                m_inFrame = true;
            continue;
        }
        if (isControl())
            return takeControl();
        if (m_left == 0)
            m_inFrame = false;
        else if (m_size == 0)
            return NeedMore{};
        else
            return takePayload();
    }
    return *m_failure;
}

/// False: a part of it is still to come.
bool FrameDecoder::readHeader()
{
    for (;;) {
        const qsizetype missing = headerSize() - m_headerFill;
        if (missing == 0)
            return true;
        const qsizetype count = std::min(missing, m_size);
        if (count == 0)
            return false;
        std::memcpy(m_header.data() + m_headerFill, m_bytes, size_t(count));
        m_headerFill += count;
        m_bytes += count;
        m_size -= count;
    }
}

/// As far as the bytes that are there tell. What is wrong with the first two is wrong without the rest.
qsizetype FrameDecoder::headerSize() const
{
    constexpr qsizetype Shortest = 2;
    if (m_headerFill < Shortest)
        return Shortest;
    const auto second = quint8(m_header[1]);
    const bool masked = (second & MaskBit) != 0;
    const quint8 length = second & LengthBits;
    const bool refused = masked != (m_role == Role::Server)
        || ((quint8(m_header[0]) & OpcodeBits) >= quint8(Opcode::Close) && length > MaxControlPayload);
    if (refused)
        return Shortest;
    const qsizetype longer = length == Length16 ? 2 : length == Length64 ? 8 : 0;
    return Shortest + longer + (masked ? 4 : 0);
}

std::optional<FrameError> FrameDecoder::takeHeader()
{
    const auto first = quint8(m_header[0]);
    const auto second = quint8(m_header[1]);
    const qsizetype size = std::exchange(m_headerFill, 0);
    const bool masked = (second & MaskBit) != 0;
    if ((first & ReservedBits) != 0)
        return FrameError::ReservedBits;
    if (masked != (m_role == Role::Server))
        return masked ? FrameError::Masked : FrameError::NotMasked;
    m_left = second & LengthBits;
    if (const auto error = checkOpcode(Opcode(first & OpcodeBits), (first & FinBit) != 0))
        return error;
    if (!readLength())
        return m_left > quint64(std::numeric_limits<qint64>::max()) ? FrameError::LengthTooLarge
                                                                    : FrameError::LengthNotShortest;
    m_key.reset();
    if (masked)
        std::memcpy(m_key.emplace().data(), m_header.data() + size - 4, 4);
    m_phase = 0;
    return {};
}

std::optional<FrameError> FrameDecoder::checkOpcode(Opcode opcode, bool fin)
{
    m_opcode = opcode;
    if (!isKnown(opcode))
        return FrameError::UnknownOpcode;
    if (isControl()) {
        if (!fin)
            return FrameError::ControlFragmented;
        return m_left > MaxControlPayload ? std::optional(FrameError::ControlTooLong) : std::nullopt;
    }
    if (opcode == Opcode::Continuation && !m_inMessage)
        return FrameError::NothingToContinue;
    if (opcode != Opcode::Continuation && m_inMessage)
        return FrameError::MessageInsideMessage;
    if (opcode == Opcode::Text)
        return FrameError::TextMessage;
    m_inMessage = !fin;
    return {};
}

/// False: `m_left` is a length that nobody may write so.
bool FrameDecoder::readLength()
{
    if (m_left == Length16) {
        m_left = qFromBigEndian<quint16>(m_header.data() + 2);
        return m_left >= Length16;
    }
    if (m_left == Length64) {
        m_left = qFromBigEndian<quint64>(m_header.data() + 2);
        return m_left > std::numeric_limits<quint16>::max() && m_left <= quint64(std::numeric_limits<qint64>::max());
    }
    return true;
}

FrameDecoder::Step FrameDecoder::takePayload()
{
    const auto count = qsizetype(std::min<quint64>(m_left, quint64(m_size)));
    const QByteArrayView run(m_bytes, count);
    if (m_key)
        applyMask(m_bytes, run, *m_key, m_phase);
    m_phase += quint64(count);
    m_left -= quint64(count);
    m_bytes += count;
    m_size -= count;
    return Payload{run};
}

FrameDecoder::Step FrameDecoder::takeControl()
{
    const auto count = qsizetype(std::min<quint64>(m_left, quint64(m_size)));
    m_control.append(m_bytes, count);
    m_left -= quint64(count);
    m_bytes += count;
    m_size -= count;
    if (m_left > 0)
        return NeedMore{};
    m_inFrame = false;
    if (m_key)
        applyMask(m_control.data(), m_control, *m_key);
    return Control{m_opcode, std::exchange(m_control, {})};
}

} // namespace Fairlead::WebSocket
