#include "tests/support/testprogram.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace Fairlead::Test {

namespace {

int connectTo(const char *address, quint16 port, int receiveBuffer)
{
    const bool v6 = std::strchr(address, ':') != nullptr;
    const int fd = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receiveBuffer > 0)
        ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    ::inet_pton(v6 ? AF_INET6 : AF_INET, address, v6 ? static_cast<void *>(&six.sin6_addr) : &v4.sin_addr);
    const auto *where = v6 ? reinterpret_cast<sockaddr *>(&six) : reinterpret_cast<sockaddr *>(&v4);
    if (::connect(fd, where, v6 ? sizeof six : sizeof v4) != 0) {
        ::close(fd);
        return -1;
    }
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

/// False when the program is done.
bool readSome(int fd, const ProgramPlan &plan, ProgramResult &result)
{
    char buffer[256 * 1024];
    size_t most = sizeof buffer;
    if (plan.stopAfter >= 0)
        most = std::min(most, size_t(plan.stopAfter - result.received.size()));
    const ssize_t got = ::recv(fd, buffer, most, 0);
    if (got > 0)
        result.received.append(buffer, got);
    else if (got == 0)
        result.eof = true;
    else if (errno != EAGAIN)
        result.reset = true;
    const bool enough = plan.stopAfter >= 0 && result.received.size() >= plan.stopAfter;
    return !result.eof && !result.reset && !enough;
}

void sendSome(int fd, const ProgramPlan &plan, ProgramResult &result)
{
    const qsizetype count = std::min(plan.chunk, plan.send.size() - result.sent);
    const ssize_t sent = ::send(fd, plan.send.constData() + result.sent, size_t(count), MSG_NOSIGNAL);
    if (sent > 0)
        result.sent += sent;
    else if (errno != EAGAIN)
        result.reset = true;
    if (result.sent == plan.send.size() && plan.halfClose)
        ::shutdown(fd, SHUT_WR);
}

ProgramResult run(quint16 port, const ProgramPlan &plan)
{
    ProgramResult result;
    const int fd = connectTo(plan.address, port, plan.receiveBuffer);
    if (fd < 0)
        return result;
    result.connected = true;
    if (plan.send.isEmpty() && plan.halfClose)
        ::shutdown(fd, SHUT_WR);
    const auto readFrom = std::chrono::steady_clock::now() + std::chrono::milliseconds(plan.waitBeforeReading);
    while (plan.stopAfter != 0 || result.sent < plan.send.size()) {
        const bool mayRead = std::chrono::steady_clock::now() >= readFrom && (!plan.mayRead || plan.mayRead->load());
        pollfd entry{fd, short((mayRead ? POLLIN : 0) | (result.sent < plan.send.size() ? POLLOUT : 0)), 0};
        const int ready = ::poll(&entry, entry.events ? 1 : 0, mayRead ? plan.timeoutMs : 10);
        if (ready == 0 && mayRead) {
            result.timedOut = true;
            break;
        }
        if (entry.revents & POLLOUT)
            sendSome(fd, plan, result);
        if (mayRead && (entry.revents & (POLLIN | POLLHUP | POLLERR)) && !readSome(fd, plan, result))
            break;
        if (result.reset && !mayRead) // a failed send; what was received is still to be read
            result.reset = false;
    }
    if (plan.resetAtEnd) {
        const linger now{1, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    ::close(fd);
    return result;
}

} // namespace

std::future<ProgramResult> runProgram(quint16 port, ProgramPlan plan)
{
    return std::async(std::launch::async, [port, plan = std::move(plan)] { return run(port, plan); });
}

} // namespace Fairlead::Test
