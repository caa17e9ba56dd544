#pragma once

#include "app/cli/argumentreader.h"

namespace Fairlead::App {

/// `-o json`, for commands that print text otherwise.
[[nodiscard]] ArgumentOption outputOption();
[[nodiscard]] bool wantsJson(const ParsedArguments &arguments);

} // namespace Fairlead::App
