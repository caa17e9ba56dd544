#pragma once

#include "core/store/profiles/profile.h"

#include <QByteArray>

namespace Fairlead::Store {

/// The text that readProfile() reads: YAML with sorted keys and what is at its default left out, so that versions
/// compare well line by line. Comments of an older version are not kept. No I/O.
[[nodiscard]] QByteArray writeProfile(const Profile &profile);

} // namespace Fairlead::Store
