#pragma once

#include "core/protocol/spdy/frames.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace Fairlead::Spdy {

/// Decompresses the header blocks that the other side sends, in the order of the wire. Every block must pass through
/// here, also that of a stream that nobody wants: the blocks are one zlib stream, and a skipped one loses the rest.
///
/// Inflating stops as soon as the plain block is larger than `maxPlain` (BadHeaderBlock), so a few bytes cannot be
/// blown up into megabytes. Any error is final, because the common history is lost with it.
class HeaderDecompressor final
{
public:
    explicit HeaderDecompressor(qsizetype maxPlain);
    ~HeaderDecompressor();
    HeaderDecompressor(const HeaderDecompressor &) = delete;
    HeaderDecompressor &operator=(const HeaderDecompressor &) = delete;

    [[nodiscard]] Result<QByteArray, FrameError> decompress(QByteArrayView block);

private:
    enum class Step { More, Done, Broken };
    Step inflateInto(QByteArray &plain);

    struct Stream;
    std::unique_ptr<Stream> m_stream;
    qsizetype m_maxPlain;
    bool m_broken = false;
};

} // namespace Fairlead::Spdy
