// For builds with the address sanitizer only. QThread::wait() returns while the system's thread is still about to run
// the destructors of its thread-local data; OpenSSL keeps some there. A leak check that falls into that moment sees
// memory that nobody points to. So before it starts, this waits for such threads to be gone.

#include <dirent.h>
#include <unistd.h>

namespace {

int threadsOfThisProcess()
{
    DIR *folder = ::opendir("/proc/self/task");
    if (!folder)
        return 1;
    int count = 0;
    while (const dirent *entry = ::readdir(folder))
        count += entry->d_name[0] != '.';
    ::closedir(folder);
    return count;
}

} // namespace

__attribute__((destructor)) static void waitForThreads()
{
    constexpr int StepUs = 1'000;
    constexpr int Steps = 300; // some threads of libraries never end
    for (int i = 0; i < Steps && threadsOfThisProcess() > 1; ++i)
        ::usleep(StepUs);
}
