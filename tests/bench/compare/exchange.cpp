#include "tests/bench/compare/exchange.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace Fairlead::Bench {
namespace {

constexpr size_t Period = 65'521; // the largest prime below 64 KiB
constexpr size_t Most = 64 * 1024; // bytes a call

std::vector<char> makePattern()
{
    std::vector<char> bytes(Period);
    uint64_t state = 0x9E3779B97F4A7C15ULL; // xorshift64*
    for (char &byte : bytes) {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        byte = static_cast<char>((state * 0x2545F4914F6CDD1DULL) >> 56);
    }
    std::vector<char> repeated;
    while (repeated.size() < Period + Most)
        repeated.insert(repeated.end(), bytes.begin(), bytes.end());
    return repeated;
}

} // namespace

const char *patternAt(uint64_t offset)
{
    static const std::vector<char> pattern = makePattern();
    return pattern.data() + offset % Period;
}

bool isPattern(const char *bytes, size_t size, uint64_t offset)
{
    return std::memcmp(bytes, patternAt(offset), size) == 0;
}

ssize_t Exchange::readSome(char *to, size_t size)
{
    if (m_unread.empty())
        return m_wire.read(to, size);
    const size_t count = std::min(size, m_unread.size());
    std::memcpy(to, m_unread.data(), count);
    m_unread.erase(0, count);
    return static_cast<ssize_t>(count);
}

bool Exchange::takeSome(uint64_t &taken, uint64_t toTake, bool &moved)
{
    thread_local std::vector<char> buffer(Most);
    const ssize_t got = readSome(buffer.data(), static_cast<size_t>(std::min<uint64_t>(Most, toTake - taken)));
    if (got == Wire::Again)
        return true;
    if (got <= 0 || !isPattern(buffer.data(), static_cast<size_t>(got), taken))
        return false;
    taken += static_cast<uint64_t>(got);
    moved = true;
    return true;
}

bool Exchange::sendSome(uint64_t &sent, uint64_t toSend, bool &moved)
{
    const ssize_t count = m_wire.write(patternAt(sent), static_cast<size_t>(std::min<uint64_t>(Most, toSend - sent)));
    if (count == Wire::Again)
        return true;
    if (count <= 0)
        return false;
    sent += static_cast<uint64_t>(count);
    moved = true;
    return true;
}

bool Exchange::run(uint64_t toSend, uint64_t toTake, std::atomic<uint64_t> *taken)
{
    uint64_t sent = 0;
    uint64_t got = 0;
    while (sent < toSend || got < toTake) {
        bool moved = false;
        if (got < toTake && !takeSome(got, toTake, moved))
            return false;
        if (sent < toSend && !sendSome(sent, toSend, moved))
            return false;
        if (taken)
            taken->store(got, std::memory_order_relaxed);
        if (!moved)
            m_wire.wait(got < toTake, sent < toSend);
    }
    return true;
}

bool Exchange::sendAll(const std::string &bytes)
{
    for (size_t at = 0; at < bytes.size();) {
        const ssize_t sent = m_wire.write(bytes.data() + at, bytes.size() - at);
        if (sent == Wire::Again)
            m_wire.wait(false, true);
        else if (sent <= 0)
            return false;
        else
            at += static_cast<size_t>(sent);
    }
    return true;
}

bool Exchange::readLine(std::string &line)
{
    char buffer[4096];
    for (;;) {
        if (const size_t end = m_unread.find('\n'); end != std::string::npos) {
            line = m_unread.substr(0, end);
            m_unread.erase(0, end + 1);
            return true;
        }
        const ssize_t got = m_wire.read(buffer, sizeof buffer);
        if (got == Wire::Again)
            m_wire.wait(true, false);
        else if (got <= 0)
            return false;
        else
            m_unread.append(buffer, static_cast<size_t>(got));
    }
}

} // namespace Fairlead::Bench
