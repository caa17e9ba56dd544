#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace Fairlead::App {

/// Reads a duration as kubectl's flags take it: signed decimal numbers with units, "300ms", "1.5h", "2h45m", "0".
/// Units: ns, us, µs, ms, s, m, h. Anything else, and what does not fit, is nullopt. Source: Go's time.ParseDuration.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parseGoDuration(const QString &text);

} // namespace Fairlead::App
