#pragma once

namespace Fairlead::App {

/// Builds every object of the program once, hands them down, and runs the window. Gives the exit code.
[[nodiscard]] int runWindow(int &argc, char **argv);

} // namespace Fairlead::App
