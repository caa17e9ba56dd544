#include "core/democluster/node/socketdialer.h"

#include "core/democluster/node/errnotext.h"
#include "core/democluster/node/fdchannel.h"

#include <QSocketNotifier>

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

bool isIpv6(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv6Protocol;
}

struct SystemAddress {
    sockaddr_storage storage = {};
    socklen_t length = 0;

    [[nodiscard]] const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }
};

SystemAddress systemAddress(const QHostAddress &address, quint16 port)
{
    SystemAddress result;
    if (isIpv6(address)) {
        sockaddr_in6 in6 = {};
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(&in6.sin6_addr, &bytes, sizeof in6.sin6_addr);
        std::memcpy(&result.storage, &in6, sizeof in6);
        result.length = sizeof in6;
    } else {
        sockaddr_in in4 = {};
        in4.sin_family = AF_INET;
        in4.sin_port = htons(port);
        in4.sin_addr.s_addr = htonl(address.toIPv4Address());
        std::memcpy(&result.storage, &in4, sizeof in4);
        result.length = sizeof in4;
    }
    return result;
}

QString addressText(const QHostAddress &address, quint16 port)
{
    const QString host = isIpv6(address) ? u'[' + address.toString() + u']' : address.toString();
    return host + u':' + QString::number(port);
}

quint16 localPort(int fd)
{
    sockaddr_storage own = {};
    socklen_t length = sizeof own;
    if (::getsockname(fd, reinterpret_cast<sockaddr *>(&own), &length) != 0)
        return 0;
    sockaddr_in in4 = {}; // sin_port and sin6_port lie at the same place
    std::memcpy(&in4, &own, sizeof in4);
    return ntohs(in4.sin_port);
}

/// Kubernetes' own words name both ends: "tcp4 127.0.0.1:46540->127.0.0.1:80".
QString connectionText(int fd, const QHostAddress &address, quint16 port)
{
    const QHostAddress own = address.isLoopback() ? address : QHostAddress();
    if (own.isNull())
        return endpointText(address, port);
    return u"%1->%2"_s.arg(endpointText(own, localPort(fd)), addressText(address, port));
}

} // namespace

QString endpointText(const QHostAddress &address, quint16 port)
{
    return (isIpv6(address) ? u"tcp6 "_s : u"tcp4 "_s) + addressText(address, port);
}

FileDescriptor makeTcpSocket(const QHostAddress &address)
{
    FileDescriptor socket(
        ::socket(isIpv6(address) ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
    const int on = 1;
    if (socket.isOpen())
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

void SocketDialer::dial(std::deque<DialTarget> targets, QObject *context, Done done)
{
    auto *dialer = new SocketDialer(std::move(targets), context, std::move(done));
    QMetaObject::invokeMethod(dialer, &SocketDialer::tryNext, Qt::QueuedConnection);
}

SocketDialer::SocketDialer(std::deque<DialTarget> targets, QObject *context, Done done)
    : QObject(context)
    , m_targets(std::move(targets))
    , m_done(std::move(done))
{
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] { fail(ETIMEDOUT); });
}

SocketDialer::~SocketDialer() = default;

void SocketDialer::tryNext()
{
    if (m_targets.empty())
        return finish(nullptr);
    const DialTarget &target = m_targets.front();
    if (!target.socket.isOpen())
        return addCause(target.causeIfNone);
    const SystemAddress address = systemAddress(target.address, target.port);
    const int failed = ::connect(target.socket.get(), address.get(), address.length) == 0 ? 0 : errno;
    if (failed != 0 && failed != EINPROGRESS)
        return fail(failed);
    m_notifier = std::make_unique<QSocketNotifier>(target.socket.get(), QSocketNotifier::Write);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SocketDialer::onWritable);
    m_timeout.start(TimeoutMs);
}

void SocketDialer::onWritable()
{
    DialTarget &target = m_targets.front();
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(target.socket.get(), SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0)
        return fail(error);
    m_notifier.reset();
    const QString name = connectionText(target.socket.get(), target.address, target.port);
    finish(std::make_unique<FdChannel>(std::move(target.socket), name, nullptr));
}

void SocketDialer::fail(int error)
{
    const DialTarget &target = m_targets.front();
    const QString cause = u"dial %1: connect: %2"_s.arg(endpointText(target.address, target.port), errnoText(error));
    addCause(cause);
}

void SocketDialer::addCause(const QString &cause)
{
    m_notifier.reset();
    m_timeout.stop();
    m_causes << cause;
    m_targets.pop_front();
    QMetaObject::invokeMethod(this, &SocketDialer::tryNext, Qt::QueuedConnection);
}

void SocketDialer::finish(std::unique_ptr<PodChannel> channel)
{
    m_timeout.stop();
    deleteLater();
    m_done(std::move(channel), m_causes);
}

} // namespace Fairlead::Demo
