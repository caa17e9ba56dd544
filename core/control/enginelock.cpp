#include "core/control/enginelock.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace Fairlead::Control {

std::optional<EngineLock> EngineLock::take(const QString &path)
{
    constexpr mode_t OwnerOnly = 0600;
    // Programs that the engine starts must not hold it on.
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, OwnerOnly);
    if (descriptor < 0)
        return std::nullopt;
    EngineLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return std::nullopt;
    return lock;
}

EngineLock::EngineLock(EngineLock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

EngineLock &EngineLock::operator=(EngineLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

EngineLock::~EngineLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace Fairlead::Control
