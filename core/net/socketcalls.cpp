#include "core/net/socketcalls.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Fairlead::Net {

void Descriptor::reset(int fd)
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = fd;
}

QString systemErrorText(int error)
{
    QString text = QString::fromLocal8Bit(std::strerror(error));
    if (text.size() > 1 && text.at(1).isLower())
        text[0] = text.at(0).toLower();
    return text;
}

IoResult receiveSome(int fd, char *buffer, qsizetype size)
{
    ssize_t got = -1;
    do {
        got = ::recv(fd, buffer, size_t(size), 0);
    } while (got < 0 && errno == EINTR);
    if (got > 0)
        return IoResult::moved(got);
    if (got == 0)
        return IoResult::end();
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return IoResult::wouldBlock();
    return IoResult::failed(systemErrorText(errno));
}

IoResult sendSome(int fd, QByteArrayView bytes)
{
    ssize_t sent = -1;
    do {
        sent = ::send(fd, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0)
        return IoResult::moved(sent);
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return IoResult::wouldBlock();
    return IoResult::failed(systemErrorText(errno));
}

void makeNonBlocking(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

namespace {
void setOption(int fd, int level, int name, int value)
{
    ::setsockopt(fd, level, name, &value, sizeof value);
}
} // namespace

void setNoDelay(int fd)
{
    setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
}

void setKeepAlive(int fd)
{
    setOption(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef TCP_KEEPIDLE
    setOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, 60);
    setOption(fd, IPPROTO_TCP, TCP_KEEPINTVL, 15);
    setOption(fd, IPPROTO_TCP, TCP_KEEPCNT, 4);
#endif
}

void setResetOnClose(int fd)
{
    const linger now{1, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

bool hasBeenReset(int fd)
{
    pollfd entry{fd, 0, 0};
    return ::poll(&entry, 1, 0) > 0 && (entry.revents & POLLERR) != 0;
}

int unacknowledgedBytes(int fd)
{
    int bytes = 0;
#ifdef SIOCOUTQ
    if (::ioctl(fd, SIOCOUTQ, &bytes) != 0)
        return 0;
#endif
    return bytes;
}

bool peerIsSilent(int fd)
{
#ifdef TCP_INFO
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return false;
    // One retransmission or one unanswered window probe happens on any network; more in a row means that nobody is
    // there. A peer that merely does not read answers window probes, which sets the count back.
    return info.tcpi_retransmits > 1 || info.tcpi_probes > 1;
#else
    Q_UNUSED(fd)
    return false;
#endif
}

} // namespace Fairlead::Net
