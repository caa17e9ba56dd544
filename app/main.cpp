#include "app/cli/commands.h"
#include "app/window.h"

/// A command stands first; everything else is for the window.
int main(int argc, char *argv[])
{
    if (const auto exitCode = Fairlead::App::runCommand(argc, argv))
        return *exitCode;
    return Fairlead::App::runWindow(argc, argv);
}
