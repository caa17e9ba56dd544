#pragma once

#include "app/cli/argumentreader.h"

/// What import and export have in common on the command line.
namespace Fairlead::App {

/// `--from FORMAT`, `--to FORMAT`.
[[nodiscard]] ArgumentOption formatOption(const QString &name, bool writableOnly, const QString &help);
/// The words of the formats.
[[nodiscard]] QStringList formatWords(bool writableOnly);

} // namespace Fairlead::App
