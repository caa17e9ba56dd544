#pragma once

#include "core/protocol/spdy/frames.h"
#include "core/support/result.h"

#include <QByteArrayView>

namespace Fairlead::Spdy {

/// Which frame a header block came in: `host` is forbidden in what opens a stream, but not in an answer.
enum class BlockKind { Request, Answer };

/// The plain form of a header block, before compression. All integers are big endian and 32 bits wide:
///
///     count | { name length | name | value length | value } x count
///
/// Names are written in lower case, since a peer drops the connection for a capital.
[[nodiscard]] QByteArray encodeHeaderBlock(const Headers &headers);

/// Takes a plain block apart. It must be exactly one block: bytes that are missing or left over, an empty or
/// capitalised name and whatever is over the limits give BadHeaderBlock; names that belong to a single HTTP hop give
/// ForbiddenHeader. The same name may come twice; both entries are kept in order.
[[nodiscard]] Result<Headers, FrameError> decodeHeaderBlock(QByteArrayView plain, BlockKind kind, const Limits &limits);

/// The largest plain block that can pass the limits; inflating more than this is pointless.
[[nodiscard]] constexpr qsizetype largestPlainBlock(const Limits &limits)
{
    return 4 + qsizetype(limits.headers) * (8 + 2 * qsizetype(limits.headerFieldBytes));
}

} // namespace Fairlead::Spdy
