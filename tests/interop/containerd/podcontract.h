#pragma once

#include <cstdint>

/// What the pod's program and the test agree on. Plain C++ without Qt, because the pod is a static program.
namespace PodContract {

enum Port : std::uint16_t {
    Echo = 7000, ///< sends back what it gets
    EchoIpv6Only = 7001, ///< the same, listening on ::1 only
    Source = 7002, ///< gets a length (8 bytes, big endian), sends that much of the pattern, closes
    Sink = 7003, ///< gets a length and that much of the pattern, answers "ok" or "bad at N", closes
    Greeter = 7004, ///< speaks first: "hello\n", then echoes
    Closer = 7005, ///< closes at once
    Resetter = 7006, ///< gets one byte, resets
    LateAnswer = 7007, ///< gets a line, answers "late\n" after LateSeconds, closes
    Holder = 7008, ///< keeps the connection until the other side ends it
    HolderCount = 7009, ///< says how many connections Holder has, closes
    Refused = 7099, ///< nobody listens here
};

/// Longer than the second that a runtime waits after one direction has ended.
constexpr unsigned LateSeconds = 3;

/// A byte that tells its place: shifted, repeated or swapped parts of a transfer never compare equal.
constexpr unsigned char patternByte(std::uint64_t offset)
{
    return static_cast<unsigned char>((offset * 0x9E3779B97F4A7C15u) >> 56);
}

} // namespace PodContract
