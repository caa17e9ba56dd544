#pragma once

namespace Fairlead::App {

/// From now on a sign-in plugin may talk to whoever sits at the terminal of this command, for as long as that takes, as
/// with kubectl.
void letPluginsUseTheTerminal();

} // namespace Fairlead::App
