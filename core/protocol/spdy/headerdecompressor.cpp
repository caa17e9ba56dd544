#include "core/protocol/spdy/headerdecompressor.h"

#include "core/protocol/spdy/dictionary.h"

#include <array>
#include <zlib.h>

namespace Fairlead::Spdy {
namespace {

/// Real blocks have about 60 plain bytes; a larger one takes some rounds.
constexpr std::size_t PieceBytes = 1024;

Bytef *bytes(QByteArrayView view)
{
    return reinterpret_cast<Bytef *>(const_cast<char *>(view.data())); // zlib's input pointer is not const
}

} // namespace

struct HeaderDecompressor::Stream {
    z_stream z = {};
};

HeaderDecompressor::HeaderDecompressor(qsizetype maxPlain)
    : m_stream(std::make_unique<Stream>())
    , m_maxPlain(maxPlain)
{
    if (inflateInit(&m_stream->z) != Z_OK) {
        qBadAlloc();
    }
}

HeaderDecompressor::~HeaderDecompressor()
{
    inflateEnd(&m_stream->z);
}

Result<QByteArray, FrameError> HeaderDecompressor::decompress(QByteArrayView block)
{
    if (m_broken) {
        return Failure{FrameError::BadCompression};
    }
    m_stream->z.next_in = bytes(block);
    m_stream->z.avail_in = uInt(block.size());
    QByteArray plain;
    Step step = Step::More;
    while (step == Step::More) {
        step = inflateInto(plain);
        if (plain.size() > m_maxPlain) {
            m_broken = true;
            return Failure{FrameError::BadHeaderBlock};
        }
    }
    if (step == Step::Broken) {
        m_broken = true;
        return Failure{FrameError::BadCompression};
    }
    return plain;
}

/// Gets at most one piece out of zlib. Z_BUF_ERROR only says that nothing was left to do. The end of the zlib stream
/// is an error here: no further block could follow it on this connection.
HeaderDecompressor::Step HeaderDecompressor::inflateInto(QByteArray &plain)
{
    z_stream &z = m_stream->z;
    std::array<char, PieceBytes> piece; // NOLINT: zlib fills it
    z.next_out = reinterpret_cast<Bytef *>(piece.data());
    z.avail_out = uInt(piece.size());
    int result = inflate(&z, Z_SYNC_FLUSH);
    if (result == Z_NEED_DICT) {
        const QByteArrayView words = headerDictionary();
        result = inflateSetDictionary(&z, bytes(words), uInt(words.size()));
        return result == Z_OK ? Step::More : Step::Broken;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) {
        return Step::Broken;
    }
    plain.append(piece.data(), qsizetype(piece.size() - z.avail_out));
    if (z.avail_out == 0) {
        return Step::More;
    }
    return z.avail_in == 0 ? Step::Done : Step::Broken;
}

} // namespace Fairlead::Spdy
