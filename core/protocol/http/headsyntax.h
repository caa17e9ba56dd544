#pragma once

#include <QByteArrayView>

/// Which characters may stand where in a head (RFC 9110 section 5, RFC 9112 section 3), for reading and writing.
namespace Fairlead::Http {

[[nodiscard]] bool isTokenChar(char c);
[[nodiscard]] bool isToken(QByteArrayView text);
/// No control characters but the tab: nothing that could end the line or the string early.
[[nodiscard]] bool isText(QByteArrayView text);
/// Path and query on the wire: no spaces, no control characters, not empty.
[[nodiscard]] bool isTarget(QByteArrayView text);

} // namespace Fairlead::Http
