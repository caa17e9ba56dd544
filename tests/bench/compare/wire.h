#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <sys/types.h>

/// Plain C++ without Qt: the same code is a static program in a container's image.
namespace Fairlead::Bench {

/// A connected, non-blocking TCP connection, plain or under TLS. Owns the descriptor.
class Wire
{
public:
    static constexpr ssize_t Failed = -1;
    static constexpr ssize_t Again = -2; ///< wait for the descriptor, then call again

    explicit Wire(int descriptor);
    virtual ~Wire();
    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;

    /// Bytes moved, 0 at the end of the peer's bytes, Failed or Again.
    [[nodiscard]] virtual ssize_t read(char *to, size_t size);
    [[nodiscard]] virtual ssize_t write(const char *from, size_t size);

    /// Sleeps until the connection can be read or written, as asked, or has failed.
    void wait(bool toRead, bool toWrite) const;
    /// Sleeps, without reading, until the peer has ended the connection.
    void waitForEnd() const;

    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

/// Connects to a port on 127.0.0.1; null when nobody listens.
[[nodiscard]] std::unique_ptr<Wire> connectLocally(uint16_t port);
/// A listening descriptor on 127.0.0.1, or -1. Port 0 becomes the one it got.
[[nodiscard]] int listenLocally(uint16_t &port);

} // namespace Fairlead::Bench
