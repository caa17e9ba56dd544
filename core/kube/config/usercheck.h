#pragma once

#include "core/kube/config/entrychoice.h"

namespace Fairlead::Kube {

/// What client-go's validateAuthInfo objects to in the fields of a user, in its order, as far as no file has to be
/// read. Where both a file and its data are given, Fairlead takes the data and warns; kubectl refuses.
void checkUserFields(const UserEntry &user, Findings &findings);

} // namespace Fairlead::Kube
