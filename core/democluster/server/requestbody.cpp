#include "core/democluster/server/requestbody.h"

#include <algorithm>
#include <cctype>

namespace Fairlead::Demo {
namespace {

/// A chunk-size line or a trailer field longer than this is nobody's honest request.
constexpr qsizetype MaxLine = 1024;
constexpr qsizetype MaxTrailer = 8 * 1024;

/// Digits of that base and nothing else: no sign, no prefix, no spaces (RFC 9110 section 8.6, RFC 9112 section 7.1), so
/// that two readers of one request cannot disagree about where it ends. -1 for anything else.
qint64 strictNumber(const QByteArray &text, int base)
{
    const auto isDigit = [base](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return base == 16 ? std::isxdigit(byte) != 0 : std::isdigit(byte) != 0;
    };
    bool ok = std::all_of(text.begin(), text.end(), isDigit);
    const qint64 number = ok ? text.toLongLong(&ok, base) : -1;
    return ok ? number : -1;
}

} // namespace

RequestBody::RequestBody(const Http::RequestHead &head, qint64 cap)
    : m_cap(cap)
{
    if (head.fields.contains("Transfer-Encoding")) {
        // With both framings present the two ends could disagree about where the body ends (RFC 9112 section 6.3).
        const bool chunked = head.fields.hasToken("Transfer-Encoding", "chunked");
        m_part = Part::ChunkSize;
        if (!chunked || head.fields.contains("Content-Length"))
            m_state = State::Malformed;
    } else if (head.fields.contains("Content-Length")) {
        setUpLength(head.fields.value("Content-Length"));
    } else {
        m_state = State::Complete;
    }
}

void RequestBody::setUpLength(const QByteArray &value)
{
    m_left = strictNumber(value.trimmed(), 10);
    if (m_left < 0)
        m_state = State::Malformed;
    else if (m_cap > 0 && m_left > m_cap)
        m_state = State::TooLarge;
    else if (m_left == 0)
        m_state = State::Complete;
}

RequestBody::State RequestBody::feed(QByteArrayView bytes)
{
    m_pending.append(bytes);
    while (m_state == State::Reading && step()) { }
    return m_state;
}

QByteArray RequestBody::takeBody()
{
    return std::exchange(m_body, {});
}

QByteArray RequestBody::takeRest()
{
    return std::exchange(m_pending, {});
}

void RequestBody::keep(qsizetype count)
{
    m_body.append(QByteArrayView(m_pending).first(count));
    m_pending.remove(0, count);
    m_left -= count;
    m_total += count;
    if (m_cap > 0 && m_total > m_cap)
        m_state = State::TooLarge;
}

/// Moves one part further; false when it needs more bytes.
bool RequestBody::step()
{
    if (m_part != Part::Plain && m_part != Part::ChunkData)
        return stepLine();
    const qsizetype count = static_cast<qsizetype>(qMin<qint64>(m_left, m_pending.size()));
    if (count == 0)
        return false;
    keep(count);
    if (m_left > 0 || m_state != State::Reading)
        return false;
    if (m_part == Part::Plain)
        m_state = State::Complete;
    else
        m_part = Part::ChunkEnd;
    return true;
}

bool RequestBody::stepLine()
{
    const qsizetype end = m_pending.indexOf("\r\n");
    if (end < 0) {
        if (m_pending.size() > MaxLine)
            m_state = State::Malformed;
        return false;
    }
    const QByteArray line = m_pending.first(end);
    m_pending.remove(0, end + 2);
    if (m_part == Part::ChunkSize) {
        readSizeLine(line);
    } else if (m_part == Part::ChunkEnd) {
        m_part = Part::ChunkSize;
        if (!line.isEmpty())
            m_state = State::Malformed;
    } else if (line.isEmpty()) {
        m_state = State::Complete;
    } else if ((m_trailerBytes += line.size()) > MaxTrailer) {
        m_state = State::Malformed;
    }
    return true;
}

void RequestBody::readSizeLine(const QByteArray &line)
{
    const qsizetype extension = line.indexOf(';');
    const QByteArray digits = line.first(extension < 0 ? line.size() : extension).trimmed();
    const qint64 size = strictNumber(digits, 16);
    if (size < 0) {
        m_state = State::Malformed;
    } else if (m_cap > 0 && size > m_cap) {
        m_state = State::TooLarge;
    } else {
        m_left = size;
        m_part = size == 0 ? Part::Trailer : Part::ChunkData;
    }
}

} // namespace Fairlead::Demo
