#include "core/protocol/spdy/frameencoder.h"

#include "core/protocol/spdy/wire.h"

#include <cstring>

namespace Fairlead::Spdy {
namespace {

constexpr quint32 Version = 3;
constexpr qsizetype HeadBytes = 8;

char *put(char *to, quint32 value)
{
    qToBigEndian(value, to);
    return to + 4;
}

char *putHead(char *to, quint32 first, quint8 flags, qsizetype length)
{
    return put(put(to, first), quint32(flags) << 24 | quint32(length));
}

void putBody(char *to, QByteArrayView body)
{
    if (!body.isEmpty()) { // memcpy may not be given a null pointer, which an empty view has
        std::memcpy(to, body.data(), std::size_t(body.size()));
    }
}

} // namespace

/// Makes room at the end without clearing it, and with the geometric growth of QByteArray.
char *FrameEncoder::grow(qsizetype size)
{
    const qsizetype old = m_out.size();
    m_out.resize(old + size);
    return m_out.data() + old;
}

char *FrameEncoder::startControl(FrameType type, quint8 flags, qsizetype length)
{
    return putHead(grow(HeadBytes + length), ControlBit | Version << 16 | quint32(type), flags, length);
}

void FrameEncoder::synStream(quint32 stream, bool fin, QByteArrayView block)
{
    char *to = startControl(FrameType::SynStream, fin ? FlagFin : 0, 10 + block.size());
    to = put(put(to, stream), 0); // no associated stream
    *to++ = 0; // highest priority, as everyone sends
    *to++ = 0; // no credential slot
    putBody(to, block);
}

void FrameEncoder::synReply(quint32 stream, QByteArrayView block)
{
    putBody(put(startControl(FrameType::SynReply, 0, 4 + block.size()), stream), block);
}

void FrameEncoder::rstStream(quint32 stream, ResetStatus status)
{
    put(put(startControl(FrameType::RstStream, 0, 8), stream), quint32(status));
}

void FrameEncoder::ping(quint32 id)
{
    put(startControl(FrameType::Ping, 0, 4), id);
}

void FrameEncoder::goAway(quint32 lastGoodStream, GoAwayStatus status)
{
    put(put(startControl(FrameType::GoAway, 0, 8), lastGoodStream), quint32(status));
}

void FrameEncoder::data(quint32 stream, QByteArrayView body, bool fin)
{
    putBody(putHead(grow(HeadBytes + body.size()), stream, fin ? FlagFin : 0, body.size()), body);
}

} // namespace Fairlead::Spdy
