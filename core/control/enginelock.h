#pragma once

#include <QString>

#include <optional>

namespace Fairlead::Control {

/// Who holds it is the engine. The kernel keeps it (flock(2)): of two that start at once exactly one gets it, and it is
/// free again whatever ended its holder, kill -9 too. The file stays; removing it would let two hold "the same" lock.
class EngineLock final
{
public:
    /// nullopt: somebody else has it, or the file cannot be opened.
    [[nodiscard]] static std::optional<EngineLock> take(const QString &path);

    EngineLock(EngineLock &&other) noexcept;
    EngineLock &operator=(EngineLock &&other) noexcept;
    EngineLock(const EngineLock &) = delete;
    EngineLock &operator=(const EngineLock &) = delete;
    ~EngineLock();

private:
    explicit EngineLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    int m_descriptor;
};

} // namespace Fairlead::Control
