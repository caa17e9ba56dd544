#pragma once

#include "core/store/profiles/profile.h"
#include "core/support/result.h"

#include <QByteArray>

namespace Fairlead::Store {

/// Larger files are refused: ten thousand forwards are 3 MB.
constexpr qsizetype MaxProfileBytes = 4 * 1024 * 1024;

/// Reads a profile (docs/profiles.md has the format). The first thing that cannot be meant ends it with its place; what
/// is merely not known is kept. Safe on hostile input: size, depth and aliases are bounded. No I/O.
[[nodiscard]] Result<Profile, ProfileError> readProfile(const QByteArray &text);

} // namespace Fairlead::Store
