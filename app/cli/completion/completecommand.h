#pragma once

#include "app/cli/completion/completion.h"

namespace Fairlead::App {

/// `fairlead __complete WORD ...`, for the completion scripts of shells (packaging/completions): prints what may stand
/// where the last word is being typed, one a line, with a tab and a line about it; ":files" where names of files
/// belong. Asks the user nothing and says nothing about what fails.
[[nodiscard]] int runComplete(const QStringList &words, const QList<CompletedCommand> &commands);

} // namespace Fairlead::App
