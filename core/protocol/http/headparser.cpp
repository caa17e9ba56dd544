#include "core/protocol/http/headparser.h"

#include "core/protocol/http/headsyntax.h"

#include <algorithm>
#include <utility>

namespace Fairlead::Http {
namespace {

constexpr QByteArrayView VersionPrefix = "HTTP/";

/// The minor version of `HTTP/1.n`, -1 for another major version, nothing if it is no version at all.
std::optional<int> minorVersion(QByteArrayView text)
{
    if (!text.startsWith(VersionPrefix)) {
        return {};
    }
    const QByteArrayView digits = text.sliced(VersionPrefix.size());
    const bool isOne = digits.size() == 3 && digits.startsWith("1.") && digits[2] >= '0' && digits[2] <= '9';
    return isOne ? digits[2] - '0' : -1;
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isSpace(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && isSpace(text.back())) {
        text.chop(1);
    }
    return text;
}

/// The lines of a head without their ends and without the empty one.
QList<QByteArrayView> linesOf(QByteArrayView head)
{
    QList<QByteArrayView> lines;
    while (!head.isEmpty()) {
        const qsizetype end = head.indexOf('\n');
        QByteArrayView line = head.first(end);
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        lines << line;
        head = head.sliced(end + 1);
    }
    lines.removeLast();
    return lines;
}

std::optional<HeadError> readStartLine(QByteArrayView line, RequestHead &head)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 0 || first == last) {
        return HeadError::BadStartLine;
    }
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const std::optional<int> minor = minorVersion(line.sliced(last + 1));
    if (!minor || !isToken(method) || !isTarget(target)) {
        return HeadError::BadStartLine;
    }
    if (*minor < 0) {
        return HeadError::BadVersion;
    }
    head.method = method.toByteArray();
    head.target = target.toByteArray();
    head.minorVersion = *minor;
    return {};
}

std::optional<HeadError> readStartLine(QByteArrayView line, ResponseHead &head)
{
    const qsizetype space = line.indexOf(' ');
    const std::optional<int> minor = minorVersion(space < 0 ? line : line.first(space));
    if (!minor || space < 0) {
        return HeadError::BadStartLine;
    }
    if (*minor < 0) {
        return HeadError::BadVersion;
    }
    const QByteArrayView rest = line.sliced(space + 1);
    const QByteArrayView code = rest.first(std::min<qsizetype>(3, rest.size()));
    const bool isNumber =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber || code.front() == '0' || (rest.size() > 3 && rest[3] != ' ') || !isText(rest)) {
        return HeadError::BadStartLine;
    }
    head.status = code.toByteArray().toInt();
    head.reason = rest.size() > 4 ? rest.sliced(4).toByteArray() : QByteArray();
    head.minorVersion = *minor;
    return {};
}

std::optional<HeadError> readFields(const QList<QByteArrayView> &lines, Fields &fields)
{
    QByteArray name;
    QByteArray value;
    const auto flush = [&] {
        if (!name.isEmpty()) {
            fields.add(std::exchange(name, {}), std::exchange(value, {}));
        }
    };
    for (const QByteArrayView line : lines) {
        if (!isText(line)) {
            return HeadError::BadField;
        }
        const bool continues = line.startsWith(' ') || line.startsWith('\t');
        const qsizetype colon = line.indexOf(':');
        if (continues && !name.isEmpty()) {
            value += ' ' + trimmed(line).toByteArray();
        } else if (!continues && colon > 0 && isToken(line.first(colon))) {
            flush();
            name = line.first(colon).toByteArray();
            value = trimmed(line.sliced(colon + 1)).toByteArray();
        } else {
            return HeadError::BadField;
        }
    }
    flush();
    return {};
}

template <typename Head>
std::variant<NeedMoreData, Head, HeadError> parse(QByteArrayView bytes)
{
    QList<QByteArrayView> lines = linesOf(bytes);
    Head head;
    if (lines.isEmpty()) {
        return HeadError::BadStartLine;
    }
    if (const std::optional<HeadError> error = readStartLine(lines.takeFirst(), head)) {
        return *error;
    }
    if (const std::optional<HeadError> error = readFields(lines, head.fields)) {
        return *error;
    }
    return head;
}

template <typename Head>
bool mayBecomeHead(QByteArrayView bytes);

template <>
bool mayBecomeHead<RequestHead>(QByteArrayView bytes)
{
    return bytes.isEmpty() || isTokenChar(bytes.front());
}

template <>
bool mayBecomeHead<ResponseHead>(QByteArrayView bytes)
{
    const qsizetype size = std::min(bytes.size(), VersionPrefix.size());
    return bytes.first(size) == VersionPrefix.first(size);
}

} // namespace

template <typename Head>
typename HeadParser<Head>::Step HeadParser<Head>::feed(QByteArrayView bytes)
{
    m_buffer.append(bytes.data(), bytes.size());
    if (m_failure) {
        return *m_failure;
    }
    if (m_done) {
        return NeedMoreData{};
    }
    const qsizetype end = findEnd();
    Step step = NeedMoreData{};
    if (!mayBecomeHead<Head>(m_buffer)) {
        step = HeadError::BadStartLine;
    } else if ((end < 0 ? m_buffer.size() : end) > MaxHeadBytes) {
        step = HeadError::TooLarge;
    } else if (end >= 0) {
        step = parse<Head>(QByteArrayView(m_buffer).first(end));
        m_buffer.remove(0, end);
    }
    m_done = !std::holds_alternative<NeedMoreData>(step);
    if (const auto *error = std::get_if<HeadError>(&step)) {
        m_failure = *error;
    }
    return step;
}

template <typename Head>
QByteArray HeadParser<Head>::takeRest()
{
    m_searched = 0;
    m_done = false;
    m_failure.reset();
    return std::exchange(m_buffer, {});
}

template <typename Head>
qsizetype HeadParser<Head>::findEnd()
{
    for (qsizetype at = m_buffer.indexOf('\n', m_searched); at >= 0; at = m_buffer.indexOf('\n', at + 1)) {
        const QByteArrayView after = QByteArrayView(m_buffer).sliced(at + 1);
        if (after.startsWith('\n')) {
            return at + 2;
        }
        if (after.startsWith("\r\n")) {
            return at + 3;
        }
        if (after.isEmpty() || after == "\r") {
            m_searched = at; // the next bytes decide
            return -1;
        }
    }
    m_searched = m_buffer.size();
    return -1;
}

template class HeadParser<RequestHead>;
template class HeadParser<ResponseHead>;

} // namespace Fairlead::Http
