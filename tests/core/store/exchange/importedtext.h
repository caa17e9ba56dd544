#pragma once

#include "core/store/exchange/importer.h"

/// What was imported as text, line by line, to be compared and read by people.
[[nodiscard]] QString
importedText(const Fairlead::Result<Fairlead::Store::Imported, Fairlead::Store::ProfileError> &result);
