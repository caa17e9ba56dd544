#include "core/democluster/node/netnsconnector.h"

#include "core/democluster/node/errnotext.h"
#include "core/democluster/node/socketdialer.h"

#include <QFile>
#include <QPointer>

#include <cerrno>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

/// Two sockets that live in another network namespace.
struct ForeignSockets {
    FileDescriptor ipv4;
    FileDescriptor ipv6;
    int error = 0; ///< errno of what went wrong first, 0 if nothing
};

/// Runs in a thread of its own, whose namespace dies with it.
void makeSocketsIn(int nsFd, ForeignSockets &result)
{
    if (::setns(nsFd, CLONE_NEWNET) != 0) {
        result.error = errno;
        return;
    }
    result.ipv4 = makeTcpSocket(QHostAddress(QHostAddress::LocalHost));
    result.error = result.ipv4.isOpen() ? 0 : errno;
    result.ipv6 = makeTcpSocket(QHostAddress(QHostAddress::LocalHostIPv6)); // may be missing: ipv6.disable=1
}

Result<ForeignSockets, QString> socketsInNamespace(const QString &path)
{
    // O_NONBLOCK: a path that turns out to be a FIFO must not hang the cluster.
    const FileDescriptor ns(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!ns.isOpen())
        return Failure{u"failed to open network namespace \"%1\": %2"_s.arg(path, errnoText(errno))};
    if (::ioctl(ns.get(), NS_GET_NSTYPE) != CLONE_NEWNET)
        return Failure{u"\"%1\" is not a network namespace"_s.arg(path)};
    ForeignSockets sockets;
    std::thread helper(makeSocketsIn, ns.get(), std::ref(sockets));
    helper.join(); // three system calls, none of which waits
    if (sockets.error != 0)
        return Failure{u"failed to enter network namespace \"%1\": %2"_s.arg(path, errnoText(sockets.error))};
    return sockets;
}

} // namespace

NetnsConnector::NetnsConnector(const Pod &pod, QString path)
    : m_pod(pod)
    , m_path(std::move(path))
{
}

QString NetnsConnector::causePrefix() const
{
    return u"failed to execute portforward in network namespace \"%1\": "_s.arg(m_path);
}

void NetnsConnector::connectTo(quint16 port, QObject *context, Done done)
{
    Result<ForeignSockets, QString> sockets = socketsInNamespace(m_path);
    if (!sockets) {
        QMetaObject::invokeMethod(
            context, [done = std::move(done), cause = sockets.error()] { done(Failure{cause}); }, Qt::QueuedConnection);
        return;
    }
    const QString noIpv6 = u"dial tcp6 [::1]:%1: socket: address family not supported by protocol"_s.arg(port);
    std::deque<DialTarget> targets;
    targets.push_back({std::move(sockets->ipv4), QHostAddress(QHostAddress::LocalHost), port});
    targets.push_back({std::move(sockets->ipv6), QHostAddress(QHostAddress::LocalHostIPv6), port, noIpv6});
    SocketDialer::dial(
        std::move(targets), context,
        [pod = m_pod, port, done = std::move(done)](std::unique_ptr<PodChannel> channel, const QStringList &causes) {
            if (channel)
                done(std::move(channel));
            else
                done(Failure{nobodyListens(pod, port, causes.value(0), causes.value(1))});
        });
}

} // namespace Fairlead::Demo
