#pragma once

#include "core/store/exchange/importer.h"

namespace Fairlead::Store {

/// importForwards() of a file, with Lens's list of clusters where that stands beside its folder. Blocks for the file.
[[nodiscard]] Result<Imported, ProfileError> importFile(const QString &path, std::optional<Format> format = {});

} // namespace Fairlead::Store
