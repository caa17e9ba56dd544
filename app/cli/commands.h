#pragma once

#include <optional>

namespace Fairlead::App {

/// Runs the command that the arguments name (`port-forward`, `up`, `--help`, ...) and gives its exit code; nullopt when
/// the window is meant: they name none, or one that opens it. Needs no display.
[[nodiscard]] std::optional<int> runCommand(int &argc, char **argv);

} // namespace Fairlead::App
