#pragma once

#include "core/protocol/http/message.h"

#include <QByteArrayView>

#include <optional>
#include <variant>

namespace Fairlead::Http {

struct NeedMoreData {
};

/// Reads one head out of a stream of bytes, in whatever pieces it comes. Head is RequestHead or ResponseHead.
template <typename Head> class HeadParser
{
public:
    using Step = std::variant<NeedMoreData, Head, HeadError>;
    /// Takes bytes; once a head or an error came out, rest() is what followed the head.
    [[nodiscard]] Step feed(QByteArrayView bytes);
    [[nodiscard]] QByteArray takeRest();

private:
    QByteArray m_buffer;
};

using RequestParser = HeadParser<RequestHead>;
using ResponseParser = HeadParser<ResponseHead>;

/// Reads the body that follows a response head: Content-Length, chunked, or until the connection closes.
/// Keeps at most `cap` bytes and drops the rest silently: bodies of refusals are texts for people.
class BodyReader
{
public:
    explicit BodyReader(const ResponseHead &head, qsizetype cap = 64 * 1024);
    void feed(QByteArrayView bytes);
    /// The peer closed: a body that runs until then is complete, another is cut short.
    void finish();
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] QByteArray body() const;

private:
    enum class Framing { None, Length, Chunked, UntilClose };
    enum class ChunkState { Size, Data, DataEnd, Trailer };
    void feedChunked(QByteArrayView bytes);
    void keep(QByteArrayView bytes);

    Framing m_framing;
    ChunkState m_chunkState = ChunkState::Size;
    qint64 m_left = 0;
    qsizetype m_cap;
    bool m_complete = false;
    QByteArray m_line;
    QByteArray m_body;
};

} // namespace Fairlead::Http
