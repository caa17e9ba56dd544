#include "app/cli/pluginterminal.h"

#include "core/kube/signin/credentialsource.h"

#include <unistd.h>

namespace Fairlead::App {

void letPluginsUseTheTerminal()
{
    using Input = Kube::PluginManners::Input;
    Kube::setPluginManners({::isatty(STDIN_FILENO) ? Input::Terminal : Input::None, true, 0});
}

} // namespace Fairlead::App
