#pragma once

namespace Fairlead::Store {

/// What happens at the start of the program to forwards that were kept.
enum class Restore {
    Nothing,
    Ask,
    AsTheyWere ///< what ran, runs again
};

} // namespace Fairlead::Store
