#pragma once

#include "core/store/profiles/profile.h"
#include "core/support/result.h"

#include <QByteArray>

namespace Fairlead::Store {

/// The bytes of a file as UTF-8 without byte order mark; UTF-16 with its mark is turned into that, since some shells
/// write it. What no text has (NUL bytes, broken UTF-8) is an error with its place, as is more than `limit` bytes.
[[nodiscard]] Result<QByteArray, ProfileError> checkedText(const QByteArray &bytes, qsizetype limit);

} // namespace Fairlead::Store
