#include "core/democluster/node/addressconnector.h"

#include "core/democluster/node/errnotext.h"
#include "core/democluster/node/socketdialer.h"

#include <QHostInfo>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

void dialAll(const QList<QHostAddress> &addresses, const QString &host, quint16 port, QObject *context,
             PodConnector::Done done)
{
    std::deque<DialTarget> targets;
    for (const QHostAddress &address : addresses) {
        FileDescriptor socket = makeTcpSocket(address);
        const QString cause = socket.isOpen() ? QString() : u"socket: "_s + errnoText(errno);
        targets.push_back({std::move(socket), address, port, cause});
    }
    const auto tell = [host, port, done = std::move(done)](std::unique_ptr<PodChannel> channel,
                                                           const QStringList &causes) {
        if (channel)
            done(std::move(channel));
        else
            done(Failure{u"failed to connect to %1:%2: %3"_s.arg(host).arg(port).arg(causes.join(u", "_s))});
    };
    SocketDialer::dial(std::move(targets), context, tell);
}

} // namespace

AddressConnector::AddressConnector(QString host)
    : m_host(std::move(host))
{
}

void AddressConnector::connectTo(quint16 port, QObject *context, Done done)
{
    const QHostAddress literal(m_host);
    if (!literal.isNull())
        return dialAll({literal}, m_host, port, context, std::move(done));
    QHostInfo::lookupHost(
        m_host, context, [host = m_host, port, context, done = std::move(done)](const QHostInfo &info) {
            if (info.addresses().isEmpty())
                done(Failure{u"failed to connect to %1:%2: lookup %1: no such host"_s.arg(host).arg(port)});
            else
                dialAll(info.addresses(), host, port, context, done);
        });
}

} // namespace Fairlead::Demo
