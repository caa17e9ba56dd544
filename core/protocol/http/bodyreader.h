#pragma once

#include "core/protocol/http/message.h"

#include <QByteArrayView>

#include <utility>

namespace Fairlead::Http {

/// Reads the body that follows a head: Content-Length, chunked (extensions and trailers are skipped), or, for an
/// answer, until the connection closes. Which one it is: RFC 9112 section 6.3.
/// Keeps at most `cap` bytes and drops the rest silently: bodies of refusals are texts for people.
class BodyReader
{
public:
    static constexpr qsizetype DefaultCap = 64 * 1024;

    explicit BodyReader(const ResponseHead &head, qsizetype cap = DefaultCap);
    /// A request without a length has no body.
    explicit BodyReader(const RequestHead &head, qsizetype cap = DefaultCap);

    /// Takes bytes and tells how many of them belong to the body and its framing; after its end, none.
    qsizetype feed(QByteArrayView bytes);
    /// The peer closed: a body that runs until then is complete, another is cut short.
    void finish();
    [[nodiscard]] bool isComplete() const { return m_complete; }
    /// The framing made no sense. Then the reader is complete as well; body() is what came before.
    [[nodiscard]] bool isBroken() const { return m_broken; }
    /// More came than the cap allows to keep.
    [[nodiscard]] bool isTruncated() const { return m_truncated; }
    [[nodiscard]] QByteArray body() const { return m_body; }
    /// What came so far, to make room: read so, a body may be longer than the cap, and be read while it comes.
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }

private:
    enum class Framing { None, Length, Chunked, UntilClose };
    enum class ChunkState { Size, Data, DataEnd, Trailer };
    void start(const Fields &fields, Framing withoutLength);
    qsizetype feedPart(QByteArrayView bytes);
    qsizetype feedLine(QByteArrayView bytes);
    void endLine();
    void startChunk();
    void fail();
    void keep(QByteArrayView bytes);

    Framing m_framing = Framing::None;
    ChunkState m_chunkState = ChunkState::Size;
    qint64 m_left = 0; ///< of the body or of the chunk
    qsizetype m_cap;
    qsizetype m_lineBytes = 0; ///< of the lines of this chunk's head or of all trailers
    bool m_complete = false;
    bool m_broken = false;
    bool m_truncated = false;
    QByteArray m_line;
    QByteArray m_body;
};

} // namespace Fairlead::Http
