#include "core/forward/tunneltarget.h"

#include "core/kube/api/apiclient.h"
#include "core/protocol/portforward/refusal.h"
#include "core/protocol/websocket/handshake.h"

#include <QRandomGenerator>

#include <bit>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {

constexpr int HttpsPort = 443;
constexpr int HttpPort = 80;

bool isTls(const QUrl &server)
{
    return server.scheme() == "https"_L1;
}

QByteArray hostField(const QUrl &server)
{
    const QString host = server.host(QUrl::FullyEncoded);
    const QString bracketed = host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host;
    return server.port() < 0 ? bracketed.toLatin1() : bracketed.toLatin1() + ':' + QByteArray::number(server.port());
}

QByteArray freshKey()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    return WebSocket::handshakeKey(std::bit_cast<std::array<char, 16>>(random));
}

Net::UpgradeAttempt makeAttempt(Net::Transport transport, const QByteArray &path, const QByteArray &host,
                                const Http::Fields &credentials)
{
    if (transport == Net::Transport::Spdy)
        return {transport, Http::encode(PortForward::upgradeRequest(path, host, credentials)), {}};
    const QByteArray key = freshKey();
    return {transport, Http::encode(WebSocket::tunnelRequest(path, host, credentials, key)), key};
}

} // namespace

Result<TunnelTarget, QString> TunnelTarget::create(const Kube::ConnectionConfig &config, const QString &namespaceName,
                                                   int timeoutMs, Net::TlsContextCache *contexts)
{
    TunnelTarget target;
    target.m_config = config;
    target.m_timeoutMs = timeoutMs;
    target.m_namespace = namespaceName;
    target.m_credentials = Kube::credentialSourceFor(config);
    target.m_contexts = contexts;
    const auto tls = target.tlsFor({});
    if (!tls)
        return Failure{tls.error()};
    target.m_tls = *tls;
    const auto proxy = Net::makeProxyRoute(config.proxyUrl, config.proxySource, config.tls);
    if (!proxy)
        return Failure{proxy.error()};
    target.m_proxy = *proxy;
    return target;
}

/// Null without TLS.
Result<std::shared_ptr<Net::TlsContext>, QString> TunnelTarget::tlsFor(const Kube::Credential &credential) const
{
    if (!isTls(m_config.server))
        return std::shared_ptr<Net::TlsContext>();
    const Net::TlsMaterial material = Kube::signedTls(m_config, credential);
    const QString host = m_config.server.host();
    return m_contexts ? m_contexts->get(material, host) : Net::TlsContext::create(material, host);
}

void TunnelTarget::setWay(Net::TransportChoice transport, Route route, std::shared_ptr<const TransportMemory> memory)
{
    m_transport = transport;
    m_route = route;
    m_memory = std::move(memory);
}

QByteArray TunnelTarget::pathTo(const Kube::PodInfo &pod) const
{
    if (m_route == Route::NodeProxy)
        return Kube::apiPath(
            m_config, {u"api"_s, u"v1"_s, u"nodes"_s, pod.node, u"proxy"_s, u"portForward"_s, m_namespace, pod.name});
    return Kube::apiPath(m_config,
                         {u"api"_s, u"v1"_s, u"namespaces"_s, m_namespace, u"pods"_s, pod.name, u"portforward"_s});
}

QList<Net::Transport> TunnelTarget::order() const
{
    // What is known of a server is about its own subresource.
    if (m_route == Route::NodeProxy && m_transport == Net::TransportChoice::Auto)
        return {Net::Transport::Spdy};
    const auto likely = m_memory ? m_memory->likely(m_config.server.toString()) : std::nullopt;
    return Net::transportOrder(m_transport, likely.value_or(Net::Transport::Spdy));
}

Net::UpgradeTarget TunnelTarget::next(const Kube::PodInfo &pod) const
{
    const QByteArray path = pathTo(pod);
    const int fallback = isTls(m_config.server) ? HttpsPort : HttpPort;
    const Kube::NumberedCredential signedIn = m_credentials ? m_credentials->current() : Kube::NumberedCredential();
    const Http::Fields credentials = Kube::credentialFields(m_config, signedIn.credential);
    std::shared_ptr<Net::TlsContext> tls = m_tls;
    if (!signedIn.credential.certificatePem.isEmpty()) {
        if (const auto own = tlsFor(signedIn.credential)) // its certificate was checked when it came
            tls = *own;
    }
    QList<Net::UpgradeAttempt> attempts;
    for (const Net::Transport transport : order())
        attempts.append(makeAttempt(transport, path, hostField(m_config.server), credentials));
    Net::UpgradeTarget target{
        m_config.server.host(), quint16(m_config.server.port(fallback)), tls, attempts, m_timeoutMs, m_proxy};
    target.credential = signedIn.number;
    return target;
}

} // namespace Fairlead::Forward
