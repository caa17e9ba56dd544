#pragma once

#include <QString>

namespace Fairlead::Demo {

/// An errno in the words of Go's runtime, which every container runtime prints: "connection refused".
[[nodiscard]] QString errnoText(int error);

} // namespace Fairlead::Demo
