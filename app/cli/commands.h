#pragma once

#include <optional>

namespace Fairlead::App {

/// Runs the command that the arguments name (`port-forward`, `config explain`, `doctor`, `demo`, `--help`, `--version`)
/// and gives its exit code; nullopt when they name none: then the window is meant. Needs no display.
[[nodiscard]] std::optional<int> runCommand(int &argc, char **argv);

} // namespace Fairlead::App
