#pragma once

#include <QByteArray>

#include <atomic>
#include <cstdint>
#include <list>
#include <thread>

/// Both ends of a transfer whose bytes are known: pseudo-random, so that nothing repeats, and hashed on the way.
namespace Fairlead::Bench {

struct Transfer {
    bool complete = false;
    QByteArray sha256; ///< of what was sent or received
};

/// The stand-in for a program in a pod: a TCP server on 127.0.0.1 with a thread for each connection. A connection
/// begins with one line, `SEND n` (it sends n bytes, then closes) or `TAKE n` (it reads n bytes, answers their SHA-256
/// as hex and a newline, then closes).
class BytePeer final
{
public:
    BytePeer();
    ~BytePeer();
    BytePeer(const BytePeer &) = delete;
    BytePeer &operator=(const BytePeer &) = delete;

    [[nodiscard]] uint16_t port() const { return m_port; }
    /// The SHA-256 of the n bytes that SEND sends.
    [[nodiscard]] static QByteArray expectedHash(uint64_t bytes);

private:
    void serve();

    int m_listener = -1;
    uint16_t m_port = 0;
    std::atomic<bool> m_ending = false;
    std::thread m_acceptor;
    std::list<std::thread> m_connections;
};

/// Blocking clients for a port on 127.0.0.1 that leads to a BytePeer; for a thread of their own.
[[nodiscard]] Transfer download(uint16_t port, uint64_t bytes);
[[nodiscard]] Transfer upload(uint16_t port, uint64_t bytes); ///< complete: the peer hashed the same bytes

} // namespace Fairlead::Bench
