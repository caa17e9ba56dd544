#include "core/protocol/spdy/headerblock.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <optional>

namespace Fairlead::Spdy {
namespace {

/// Fields that describe one HTTP hop; spdystream ends the connection when it reads one.
constexpr std::array<QByteArrayView, 4> HopFields = {"connection", "keep-alive", "proxy-connection",
                                                     "transfer-encoding"};

void appendWord(QByteArray &out, qsizetype value)
{
    std::array<char, 4> bytes{};
    qToBigEndian(quint32(value), bytes.data());
    out.append(bytes.data(), qsizetype(bytes.size()));
}

/// Cuts length-prefixed pieces off the front of a block.
class Reader
{
public:
    explicit Reader(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    [[nodiscard]] std::optional<quint32> word()
    {
        if (m_rest.size() < 4) {
            return {};
        }
        const auto value = qFromBigEndian<quint32>(m_rest.data());
        m_rest = m_rest.sliced(4);
        return value;
    }
    [[nodiscard]] std::optional<QByteArray> field(quint32 limit)
    {
        const std::optional<quint32> length = word();
        if (!length || *length > limit || qsizetype(*length) > m_rest.size()) {
            return {};
        }
        const QByteArray bytes = m_rest.first(qsizetype(*length)).toByteArray();
        m_rest = m_rest.sliced(qsizetype(*length));
        return bytes;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
};

bool isWellFormedName(const QByteArray &name)
{
    return !name.isEmpty() && std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool isForbidden(const QByteArray &name, BlockKind kind)
{
    return std::find(HopFields.begin(), HopFields.end(), QByteArrayView(name)) != HopFields.end()
        || (kind == BlockKind::Request && name == "host");
}

} // namespace

QByteArray encodeHeaderBlock(const Headers &headers)
{
    QByteArray out;
    appendWord(out, headers.size());
    for (const auto &[name, value] : headers) {
        appendWord(out, name.size());
        out += name.toLower();
        appendWord(out, value.size());
        out += value;
    }
    return out;
}

Result<Headers, FrameError> decodeHeaderBlock(QByteArrayView plain, BlockKind kind, const Limits &limits)
{
    Reader reader(plain);
    const std::optional<quint32> count = reader.word();
    if (!count || *count > limits.headers) {
        return Failure{FrameError::BadHeaderBlock};
    }
    Headers headers;
    headers.reserve(qsizetype(*count));
    for (quint32 i = 0; i < *count; ++i) {
        const std::optional<QByteArray> name = reader.field(limits.headerFieldBytes);
        if (!name || !isWellFormedName(*name)) {
            return Failure{FrameError::BadHeaderBlock};
        }
        const std::optional<QByteArray> value = reader.field(limits.headerFieldBytes);
        if (!value) {
            return Failure{FrameError::BadHeaderBlock};
        }
        if (isForbidden(*name, kind)) {
            return Failure{FrameError::ForbiddenHeader};
        }
        headers.append({*name, *value});
    }
    if (!reader.atEnd()) {
        return Failure{FrameError::BadHeaderBlock};
    }
    return headers;
}

} // namespace Fairlead::Spdy
