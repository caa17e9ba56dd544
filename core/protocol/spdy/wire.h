#pragma once

#include <QByteArrayView>
#include <QtEndian>

/// Numbers of the wire format that decoder, encoder and session share.
namespace Fairlead::Spdy {

constexpr quint32 ControlBit = 0x80000000;
constexpr quint32 MaxStreamId = 0x7fffffff; ///< ids have 31 bits; the top one is reserved and ignored
constexpr quint8 FlagFin = 0x01;
constexpr quint8 FlagUnidirectional = 0x02; ///< SYN_STREAM only: the other side sends nothing on this stream

/// The 32-bit number at `offset`, which must be inside.
[[nodiscard]] inline quint32 wordAt(QByteArrayView bytes, qsizetype offset)
{
    return qFromBigEndian<quint32>(bytes.sliced(offset, 4).data());
}

} // namespace Fairlead::Spdy
