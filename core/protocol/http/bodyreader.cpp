#include "core/protocol/http/bodyreader.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace Fairlead::Http {
namespace {

/// Sizes have at most this many digits, so that they fit into 63 bits in either base.
constexpr qsizetype MaxSizeDigits = 15;
/// A chunk's size with its extensions, or all trailers together. Nobody sends either to people like us.
constexpr qsizetype MaxLineBytes = 8 * 1024;

std::optional<qint64> number(const QByteArray &text, int base)
{
    const bool isPlain = !text.isEmpty() && text.size() <= MaxSizeDigits && std::isxdigit(quint8(text.front()));
    bool ok = false;
    const qint64 value = isPlain ? text.toLongLong(&ok, base) : 0;
    // "0x10" is a number for QByteArray in base 16, but not on the wire
    return ok && !text.contains('x') && !text.contains('X') ? std::optional(value) : std::nullopt;
}

/// All lengths given must agree; nothing if they do not or are no numbers.
std::optional<qint64> contentLength(const Fields &fields)
{
    const QList<QByteArray> all = fields.tokens("content-length");
    const bool agree =
        !all.isEmpty() && std::all_of(all.begin(), all.end(), [&](const auto &t) { return t == all[0]; });
    return agree ? number(all[0], 10) : std::nullopt;
}

bool isWithoutBody(int status)
{
    return status < 200 || status == 204 || status == 304;
}

} // namespace

BodyReader::BodyReader(const ResponseHead &head, qsizetype cap)
    : m_cap(cap)
{
    if (isWithoutBody(head.status)) {
        m_complete = true;
        return;
    }
    start(head.fields, Framing::UntilClose);
}

BodyReader::BodyReader(const RequestHead &head, qsizetype cap)
    : m_cap(cap)
{
    start(head.fields, Framing::None);
}

/// A length that makes no sense is an error in a request, where the next one would be read from the wrong place. In an
/// answer we close the connection after it anyway and rather show what comes.
void BodyReader::start(const Fields &fields, Framing withoutLength)
{
    m_framing = withoutLength;
    const QList<QByteArray> codings = fields.tokens("transfer-encoding");
    if (!codings.isEmpty()) {
        if (codings.last().compare("chunked", Qt::CaseInsensitive) == 0) {
            m_framing = Framing::Chunked;
        } else if (withoutLength == Framing::None) {
            fail();
        }
    } else if (fields.contains("content-length")) {
        if (const std::optional<qint64> length = contentLength(fields)) {
            m_framing = Framing::Length;
            m_left = *length;
        } else if (withoutLength == Framing::None) {
            fail();
        }
    }
    if (m_framing == Framing::None || (m_framing == Framing::Length && m_left == 0)) {
        m_complete = true;
    }
}

qsizetype BodyReader::feed(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (!m_complete && taken < bytes.size()) {
        taken += feedPart(bytes.sliced(taken));
    }
    return taken;
}

qsizetype BodyReader::feedPart(QByteArrayView bytes)
{
    if (m_framing == Framing::UntilClose) {
        keep(bytes);
        return bytes.size();
    }
    if (m_framing == Framing::Chunked && m_chunkState != ChunkState::Data) {
        return feedLine(bytes);
    }
    const auto size = qsizetype(std::min<qint64>(m_left, bytes.size()));
    keep(bytes.first(size));
    m_left -= size;
    if (m_left == 0 && m_framing == Framing::Length) {
        m_complete = true;
    } else if (m_left == 0) {
        m_chunkState = ChunkState::DataEnd;
    }
    return size;
}

/// Collects a line of the chunked framing; a bare LF ends one too, as in heads.
qsizetype BodyReader::feedLine(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const qsizetype size = end < 0 ? bytes.size() : end + 1;
    m_lineBytes += size;
    if (m_lineBytes > MaxLineBytes) {
        fail();
        return size;
    }
    m_line.append(bytes.data(), size);
    if (end >= 0) {
        m_line.chop(m_line.endsWith("\r\n") ? 2 : 1);
        endLine();
        m_line.clear();
    }
    return size;
}

void BodyReader::endLine()
{
    switch (m_chunkState) {
    case ChunkState::Size:
        startChunk();
        break;
    case ChunkState::DataEnd:
        m_chunkState = ChunkState::Size;
        m_lineBytes = 0;
        if (!m_line.isEmpty()) {
            fail();
        }
        break;
    case ChunkState::Trailer:
        m_complete = m_line.isEmpty();
        break;
    case ChunkState::Data:
        break;
    }
}

void BodyReader::startChunk()
{
    const QByteArray size = m_line.split(';').first().trimmed(); // what follows are extensions
    const std::optional<qint64> length = number(size, 16);
    if (!length) {
        fail();
        return;
    }
    m_left = *length;
    m_chunkState = m_left == 0 ? ChunkState::Trailer : ChunkState::Data;
}

void BodyReader::finish()
{
    if (m_framing == Framing::UntilClose) {
        m_complete = true;
    }
}

void BodyReader::fail()
{
    m_broken = true;
    m_complete = true;
}

void BodyReader::keep(QByteArrayView bytes)
{
    const qsizetype size = std::min(bytes.size(), m_cap - m_body.size());
    m_body.append(bytes.data(), size);
    m_truncated = m_truncated || size < bytes.size();
}

} // namespace Fairlead::Http
