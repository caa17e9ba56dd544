#include "core/protocol/spdy/headercompressor.h"

#include "core/protocol/spdy/dictionary.h"

#include <zlib.h>

namespace Fairlead::Spdy {
namespace {

// A window of 4 KiB holds the dictionary and the last few dozen blocks, which is all that repeats. With memory level 5
// a compressor takes about 32 KiB; zlib's defaults take 256 KiB, and every local connection has a session of its own.
// Peers accept any window (measured with 9 to 15 bits against the library of the container runtimes).
constexpr int WindowBits = 12;
constexpr int MemoryLevel = 5;

// The worst case of a flush (pending bits, an empty stored block) and of the stream's own head.
constexpr uLong FlushRoom = 64;

Bytef *bytes(QByteArrayView view)
{
    return reinterpret_cast<Bytef *>(const_cast<char *>(view.data())); // zlib's input pointer is not const
}

} // namespace

struct HeaderCompressor::Stream {
    z_stream z = {};
};

HeaderCompressor::HeaderCompressor()
    : m_stream(std::make_unique<Stream>())
{
    z_stream &z = m_stream->z;
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WindowBits, MemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
        qBadAlloc(); // the only other causes are parameters, which are constants
    }
    const QByteArrayView words = headerDictionary();
    deflateSetDictionary(&z, bytes(words), uInt(words.size()));
}

HeaderCompressor::~HeaderCompressor()
{
    deflateEnd(&m_stream->z);
}

QByteArray HeaderCompressor::compress(QByteArrayView plain)
{
    z_stream &z = m_stream->z;
    QByteArray out(qsizetype(deflateBound(&z, uLong(plain.size())) + FlushRoom), Qt::Uninitialized);
    z.next_in = bytes(plain);
    z.avail_in = uInt(plain.size());
    qsizetype used = 0;
    do {
        if (used == out.size()) {
            out.resize(out.size() * 2);
        }
        z.next_out = reinterpret_cast<Bytef *>(out.data() + used);
        z.avail_out = uInt(out.size() - used);
        deflate(&z, Z_SYNC_FLUSH);
        used = out.size() - qsizetype(z.avail_out);
    } while (z.avail_out == 0);
    out.truncate(used);
    return out;
}

} // namespace Fairlead::Spdy
