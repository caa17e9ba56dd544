#include "tests/bench/compare/wire.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Fairlead::Bench {
namespace {

constexpr int Backlog = 4096; // thousands of connections are opened at once; the kernel caps it

ssize_t outcome(ssize_t moved)
{
    if (moved >= 0)
        return moved;
    return errno == EAGAIN || errno == EINTR ? Wire::Again : Wire::Failed;
}

sockaddr_in loopback(uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

} // namespace

Wire::Wire(int descriptor)
    : m_descriptor(descriptor)
{
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
}

Wire::~Wire()
{
    ::close(m_descriptor);
}

ssize_t Wire::read(char *to, size_t size)
{
    return outcome(::recv(m_descriptor, to, size, 0));
}

ssize_t Wire::write(const char *from, size_t size)
{
    return outcome(::send(m_descriptor, from, size, MSG_NOSIGNAL));
}

void Wire::wait(bool toRead, bool toWrite) const
{
    pollfd entry{m_descriptor, static_cast<short>((toRead ? POLLIN : 0) | (toWrite ? POLLOUT : 0)), 0};
    ::poll(&entry, 1, -1);
}

void Wire::waitForEnd() const
{
    pollfd entry{m_descriptor, POLLRDHUP, 0};
    while (::poll(&entry, 1, -1) < 0 && errno == EINTR) { }
}

std::unique_ptr<Wire> connectLocally(uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (descriptor >= 0 && ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return std::make_unique<Wire>(descriptor);
    if (descriptor >= 0)
        ::close(descriptor);
    return nullptr;
}

int listenLocally(uint16_t &port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address = loopback(port);
    socklen_t size = sizeof address;
    auto *general = reinterpret_cast<sockaddr *>(&address);
    if (::bind(descriptor, general, size) != 0 || ::listen(descriptor, Backlog) != 0) {
        ::close(descriptor);
        return -1;
    }
    ::getsockname(descriptor, general, &size);
    port = ntohs(address.sin_port);
    return descriptor;
}

} // namespace Fairlead::Bench
