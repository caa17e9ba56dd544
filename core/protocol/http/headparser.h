#pragma once

#include "core/protocol/http/bodyreader.h"
#include "core/protocol/http/message.h"

#include <QByteArrayView>

#include <optional>
#include <variant>

namespace Fairlead::Http {

struct NeedMoreData {
};

/// Reads one head out of a stream of bytes, in whatever pieces it comes. Head is RequestHead or ResponseHead.
///
/// As tolerant as h11: lines may end with a bare LF, a field may be continued on a line that begins with a space (the
/// break becomes one space), the reason phrase may be missing. Refused: space before the colon, control characters
/// (a bare CR among them), a start line that is not one, other major versions, more than MaxHeadBytes. What cannot
/// become a head any more (a TLS record, an SSH banner) is refused at its first bytes.
template <typename Head>
class HeadParser
{
public:
    using Step = std::variant<NeedMoreData, Head, HeadError>;
    /// Takes bytes; once a head or an error came out, takeRest() is what followed the head, and the parser is ready
    /// for the next one. An error is final until then.
    [[nodiscard]] Step feed(QByteArrayView bytes);
    [[nodiscard]] QByteArray takeRest();

private:
    /// Where the head ends, behind its empty line, or -1.
    [[nodiscard]] qsizetype findEnd();

    QByteArray m_buffer;
    qsizetype m_searched = 0; ///< no head ends before this
    bool m_done = false;
    std::optional<HeadError> m_failure;
};

using RequestParser = HeadParser<RequestHead>;
using ResponseParser = HeadParser<ResponseHead>;

} // namespace Fairlead::Http
