#pragma once

#include "core/store/profiles/profile.h"

namespace Fairlead::Store {

/// Forwards that another engine has given up, to be here as they were there: what ran runs, whatever any policy says.
struct MovedSession {
    Profile asked; ///< as the user wants them
    Profile taken; ///< the same, in the same order; ports that were left open are those that it listened on
};

} // namespace Fairlead::Store
