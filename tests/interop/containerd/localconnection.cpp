#include "localconnection.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace {

int connectTo(const sockaddr *address, socklen_t size)
{
    const int socket = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{LocalConnection::patienceSeconds, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(socket, address, size) == 0)
        return socket;
    ::close(socket);
    return -1;
}

int connectLoopback(quint16 port, bool ipv6)
{
    if (ipv6) {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_port = htons(port);
        address.sin6_addr = in6addr_loopback;
        return connectTo(reinterpret_cast<const sockaddr *>(&address), sizeof address);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connectTo(reinterpret_cast<const sockaddr *>(&address), sizeof address);
}

} // namespace

LocalConnection::LocalConnection(quint16 port, bool ipv6)
    : m_socket(connectLoopback(port, ipv6))
{
}

LocalConnection::LocalConnection(LocalConnection &&other) noexcept
    : m_socket(std::exchange(other.m_socket, -1))
{
}

LocalConnection::~LocalConnection()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

bool LocalConnection::send(const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const auto left = static_cast<size_t>(bytes.size() - sent);
        const ssize_t step = ::send(m_socket, bytes.constData() + sent, left, MSG_NOSIGNAL);
        if (step <= 0)
            return false;
        sent += step;
    }
    return true;
}

QByteArray LocalConnection::receive(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qsizetype got = 0;
    while (got < size) {
        const ssize_t step = ::recv(m_socket, bytes.data() + got, static_cast<size_t>(size - got), 0);
        if (step <= 0)
            break;
        got += step;
    }
    bytes.truncate(got);
    return bytes;
}

LocalConnection::Received LocalConnection::receiveToEnd()
{
    Received received{{}, End::Closed};
    char buffer[65536];
    while (true) {
        const ssize_t step = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (step > 0) {
            received.bytes.append(buffer, step);
            continue;
        }
        if (step < 0)
            received.end = errno == ECONNRESET ? End::Reset : End::TimedOut;
        return received;
    }
}

void LocalConnection::finishSending()
{
    ::shutdown(m_socket, SHUT_WR);
}

void LocalConnection::reset()
{
    const linger abortive{1, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &abortive, sizeof abortive);
    ::close(std::exchange(m_socket, -1));
}
