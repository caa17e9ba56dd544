#include "core/protocol/websocket/frameencoder.h"

#include "core/protocol/websocket/mask.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <limits>

namespace Fairlead::WebSocket {

namespace {
constexpr quint8 FinBit = 0x80;
constexpr quint8 MaskBit = 0x80;
constexpr quint64 Longest7Bits = 125;
constexpr char Length16 = 126;
constexpr char Length64 = 127;
} // namespace

qsizetype writeHeader(char *out, Opcode opcode, quint64 payloadSize, const std::optional<MaskKey> &key)
{
    qsizetype size = 2;
    out[0] = char(FinBit | quint8(opcode));
    if (payloadSize <= Longest7Bits) {
        out[1] = char(payloadSize);
    } else if (payloadSize <= std::numeric_limits<quint16>::max()) {
        out[1] = Length16;
        qToBigEndian(quint16(payloadSize), out + size);
        size += 2;
    } else {
        out[1] = Length64;
        qToBigEndian(payloadSize, out + size);
        size += 8;
    }
    if (key) {
        out[1] = char(quint8(out[1]) | MaskBit);
        std::memcpy(out + size, key->data(), key->size());
        size += qsizetype(key->size());
    }
    return size;
}

QByteArray encodeFrame(Opcode opcode, QByteArrayView payload, const std::optional<MaskKey> &key)
{
    QByteArray frame(MaxHeaderBytes + payload.size(), Qt::Uninitialized);
    const qsizetype header = writeHeader(frame.data(), opcode, quint64(payload.size()), key);
    if (key)
        applyMask(frame.data() + header, payload, *key);
    else if (!payload.isEmpty())
        std::memcpy(frame.data() + header, payload.data(), size_t(payload.size()));
    frame.truncate(header + payload.size());
    return frame;
}

QByteArray closePayload(CloseCode code, QByteArrayView reason)
{
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(quint16(code), payload.data());
    payload.append(reason.first(std::min(reason.size(), MaxControlPayload - 2)));
    return payload;
}

} // namespace Fairlead::WebSocket
