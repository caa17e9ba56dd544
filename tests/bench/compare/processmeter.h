#pragma once

#include <QtGlobal>

#include <sys/types.h>

namespace Fairlead::Bench {

/// Reads what the kernel knows of another process. All values are 0 when it has gone.
class ProcessMeter final
{
public:
    explicit ProcessMeter(pid_t process = 0)
        : m_process(process)
    {
    }

    /// User and system time of all its threads, ended ones too; the process's CPU clock, exact to nanoseconds where
    /// the ticks of /proc/PID/stat are 10 ms.
    [[nodiscard]] double cpuSeconds() const;
    [[nodiscard]] double residentMb() const; ///< VmRSS, in 10^6 bytes
    /// Its share of memory, pages that it has in common with other processes divided among them.
    [[nodiscard]] double proportionalMb() const;
    [[nodiscard]] int threads() const;
    [[nodiscard]] int descriptors() const;

private:
    pid_t m_process;
};

} // namespace Fairlead::Bench
