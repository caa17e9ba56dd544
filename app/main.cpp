#include "app/cli/commands.h"
#include "app/window.h"

#include <sys/resource.h>

namespace {

/// A connection takes two descriptors, and the usual 1,024 are kept low for programs that use select(2) alone.
void takeAllDescriptors()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

/// A command stands first; everything else is for the window.
int main(int argc, char *argv[])
{
    takeAllDescriptors();
    if (const auto exitCode = Fairlead::App::runCommand(argc, argv))
        return *exitCode;
    return Fairlead::App::runWindow(argc, argv);
}
