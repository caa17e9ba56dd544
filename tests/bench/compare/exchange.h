#pragma once

#include "tests/bench/compare/wire.h"

#include <atomic>
#include <string>

namespace Fairlead::Bench {

/// Bytes that tell their place: a random block repeated with a prime period, so that frames of any power of two that
/// are lost, doubled or swapped never compare equal. Comparing costs a memcmp, hashing would cost more than a relay
/// does.
[[nodiscard]] bool isPattern(const char *bytes, size_t size, uint64_t offset);
/// At least `size` bytes of the pattern from that offset; size up to 64 KiB.
[[nodiscard]] const char *patternAt(uint64_t offset);

/// One end of a connection with what has been read from it and not used yet.
class Exchange
{
public:
    explicit Exchange(Wire &wire)
        : m_wire(wire)
    {
    }

    /// Sends `toSend` and receives `toTake` bytes of the pattern at the same time. False when the connection ends
    /// before, or a byte is wrong. `taken`, if given, counts what was received, for whoever watches meanwhile.
    [[nodiscard]] bool run(uint64_t toSend, uint64_t toTake, std::atomic<uint64_t> *taken = nullptr);

    [[nodiscard]] bool sendAll(const std::string &bytes);
    /// Without its newline. False at the end of the connection.
    [[nodiscard]] bool readLine(std::string &line);

private:
    [[nodiscard]] ssize_t readSome(char *to, size_t size);
    [[nodiscard]] bool takeSome(uint64_t &taken, uint64_t toTake, bool &moved);
    [[nodiscard]] bool sendSome(uint64_t &sent, uint64_t toSend, bool &moved);

    Wire &m_wire;
    std::string m_unread;
};

} // namespace Fairlead::Bench
