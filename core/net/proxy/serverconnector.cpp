#include "core/net/proxy/serverconnector.h"

#include "core/net/plainstream.h"
#include "core/net/proxy/proxyfailure.h"
#include "core/net/tcpconnector.h"
#include "core/net/tlsstream.h"

#include <QTimer>

#include <array>

namespace Fairlead::Net {

namespace {

std::unique_ptr<ByteStream> streamOn(int fd, const std::shared_ptr<TlsContext> &tls)
{
    if (tls)
        return std::make_unique<TlsStream>(fd, tls);
    return std::make_unique<PlainStream>(fd);
}

ProxyTrouble troubleOf(TcpConnector::Cause cause)
{
    switch (cause) {
    case TcpConnector::Cause::NameUnknown:
        return ProxyTrouble::NameUnknown;
    case TcpConnector::Cause::NoAnswer:
        return ProxyTrouble::NoAnswer;
    case TcpConnector::Cause::Unreachable:
        break;
    }
    return ProxyTrouble::Unreachable;
}

} // namespace

Result<ProxyRoute, QString> makeProxyRoute(const QString &proxyUrl, const QString &source, const TlsMaterial &server)
{
    const auto settings = proxyFromUrl(proxyUrl, source);
    if (!settings)
        return Failure{settings.error()};
    ProxyRoute route{*settings, nullptr};
    if (settings->kind != ProxySettings::Kind::Https)
        return route;
    TlsMaterial material;
    material.caPem = server.caPem;
    material.withSystemRoots = true;
    material.insecure = server.insecure;
    const auto tls = TlsContext::create(material, settings->host);
    if (!tls)
        return Failure{describeProxyTrouble(ProxyTrouble::Untrusted, *settings, {}, tls.error()).text};
    route.tls = *tls;
    return route;
}

ServerConnector::ServerConnector(QObject *parent)
    : QObject(parent)
    , m_tcp(new TcpConnector(this))
    , m_deadline(new QTimer(this))
{
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this, &ServerConnector::giveUp);
    connect(m_tcp, &TcpConnector::connected, this, &ServerConnector::onTcpConnected);
    connect(m_tcp, &TcpConnector::failed, this, &ServerConnector::onTcpFailed);
}

ServerConnector::~ServerConnector() = default;

void ServerConnector::open(const QString &host, quint16 port, const ProxyRoute &proxy, int timeoutMs)
{
    m_server = hostAndPort(host, port);
    m_proxy = proxy;
    m_handshake = makeProxyHandshake(proxy.settings, host, port);
    if (!m_handshake)
        return m_tcp->open(host, port, timeoutMs);
    m_deadline->start(timeoutMs);
    m_tcp->open(proxy.settings.host, proxy.settings.port, timeoutMs);
}

StreamSocket *ServerConnector::makeSocket(const std::shared_ptr<TlsContext> &tls, QObject *parent)
{
    const bool isProxied = m_released.stream != nullptr;
    Descriptor descriptor = isProxied ? std::move(m_released.descriptor) : m_tcp->takeDescriptor();
    std::unique_ptr<ByteStream> stream;
    if (!isProxied || !m_proxy.tls) // nothing to go through: straight on the descriptor is the faster way
        stream = streamOn(descriptor.get(), tls);
    else if (tls)
        stream = std::make_unique<TlsStream>(std::move(m_released.stream), tls);
    else
        stream = std::move(m_released.stream);
    return new StreamSocket(std::move(descriptor), std::move(stream), parent);
}

void ServerConnector::giveUp()
{
    if (m_over)
        return;
    if (m_proxySocket)
        failByProxy(ProxyTrouble::Stuck, {});
    else
        m_tcp->giveUp();
}

void ServerConnector::onTcpConnected()
{
    if (m_over)
        return;
    if (!m_handshake)
        return becomeConnected();
    Descriptor descriptor = m_tcp->takeDescriptor();
    auto stream = streamOn(descriptor.get(), m_proxy.tls);
    m_proxySocket = new StreamSocket(std::move(descriptor), std::move(stream), this);
    connect(m_proxySocket, &StreamSocket::ready, this, &ServerConnector::askProxy);
    connect(m_proxySocket, &StreamSocket::readable, this, &ServerConnector::readProxy);
    connect(m_proxySocket, &StreamSocket::handshakeFailed, this, [this](const QString &words, bool byTls) {
        const auto failure = m_proxySocket->tlsFailure();
        failByProxy(byTls ? ProxyTrouble::Untrusted : ProxyTrouble::Closed, failure ? failure->message : words);
    });
    m_proxySocket->start();
}

void ServerConnector::onTcpFailed(const QString &text, const QString &detail)
{
    if (m_handshake)
        failByProxy(troubleOf(m_tcp->cause()), detail);
    else
        fail({ConnectFailure::Kind::Network, text, detail, {}, false});
}

void ServerConnector::askProxy()
{
    m_proxySocket->setReading(true);
    take(m_handshake->start());
}

void ServerConnector::readProxy()
{
    std::array<char, 4 * 1024> buffer;
    while (!m_over) {
        const IoResult result = m_proxySocket->read(buffer.data(), buffer.size());
        if (result.kind == IoResult::Kind::WouldBlock)
            return;
        if (result.kind == IoResult::Kind::Moved)
            take(m_handshake->feed(QByteArrayView(buffer.data(), result.bytes)));
        else
            failByProxy(ProxyTrouble::Closed, result.error.isEmpty() ? QStringLiteral("EOF") : result.error);
    }
}

void ServerConnector::take(const ProxyHandshake::Step &step)
{
    if (const auto *more = std::get_if<ProxyHandshake::NeedMore>(&step)) {
        m_proxySocket->write(QByteArrayView(more->send));
        return;
    }
    if (const auto *refused = std::get_if<ProxyHandshake::Refused>(&step)) {
        failByProxy(refused->trouble, refused->words);
        return;
    }
    m_released = m_proxySocket->release();
    m_proxySocket->deleteLater();
    becomeConnected();
}

void ServerConnector::becomeConnected()
{
    m_over = true;
    m_deadline->stop();
    emit connected();
}

void ServerConnector::failByProxy(ProxyTrouble trouble, const QString &words)
{
    fail(describeProxyTrouble(trouble, m_proxy.settings, m_server, words));
}

void ServerConnector::fail(const ConnectFailure &failure)
{
    if (m_over)
        return;
    m_over = true;
    m_deadline->stop();
    if (m_proxySocket)
        m_proxySocket->close();
    emit failed(failure);
}

} // namespace Fairlead::Net
