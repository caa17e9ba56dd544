#pragma once

#include "tests/bench/compare/sections.h"

#include <QJsonObject>

namespace Fairlead::Bench {

/// Where and with what it was measured: figures without it mean nothing.
[[nodiscard]] QJsonObject conditions(const Bench &bench);

} // namespace Fairlead::Bench
