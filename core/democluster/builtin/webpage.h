#pragma once

#include "core/democluster/builtin/builtinprogram.h"

#include <QByteArray>

namespace Fairlead::Demo {

/// The page of a built-in web pod: one HTML file without anything from elsewhere, light and dark. It asks /stats once a
/// second for its numbers and can download and upload, so that there is something to watch in the forwards table.
[[nodiscard]] QByteArray webPage(const ProgramPlace &place);

} // namespace Fairlead::Demo
