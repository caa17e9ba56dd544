#pragma once

#include <QByteArrayView>

namespace Fairlead::Spdy {

/// The words that both ends put into their zlib window before the first header block: the SPDY/3 draft's list,
/// section 2.6.10.1, length-prefixed words first and free text at the end. Adler-32 e3c6a7c2; one byte wrong here and
/// no peer understands us, so a test compares its sums.
[[nodiscard]] QByteArrayView headerDictionary();

} // namespace Fairlead::Spdy
