#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace Fairlead::Bench {

/// A long cable on loopback: passes TCP connections on, each byte a fixed time after it came, ends of input too.
/// The kernel shakes hands on loopback at once, so the first bytes of a connection wait for one more round trip, as if
/// the SYN and its answer had travelled. Bandwidth is not limited. One thread, ppoll(2) with nanoseconds.
class DelayLine final
{
public:
    explicit DelayLine(std::chrono::nanoseconds roundTrip)
        : m_roundTrip(roundTrip)
    {
    }

    /// Listens in front of a port on 127.0.0.1. The port to use instead, or 0.
    [[nodiscard]] uint16_t add(uint16_t target);
    /// Passes on, for ever.
    [[noreturn]] void run();

private:
    struct End {
        int listener;
        uint16_t target;
    };

    std::chrono::nanoseconds m_roundTrip;
    std::vector<End> m_ends;
};

} // namespace Fairlead::Bench
