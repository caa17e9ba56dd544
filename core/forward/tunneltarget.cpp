#include "core/forward/tunneltarget.h"

#include "core/kube/api/apiclient.h"
#include "core/protocol/portforward/refusal.h"

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

} // namespace

Result<TunnelTarget, QString> TunnelTarget::create(const Kube::ConnectionConfig &config, const QString &namespaceName,
                                                   int timeoutMs, Net::TlsContextCache *contexts)
{
    TunnelTarget target;
    target.m_config = config;
    target.m_timeoutMs = timeoutMs;
    target.m_namespace = namespaceName;
    if (isTls(config.server)) {
        auto tls = contexts ? contexts->get(config.tls, config.server.host())
                            : Net::TlsContext::create(config.tls, config.server.host());
        if (!tls)
            return Failure{tls.error()};
        target.m_tls = *tls;
    }
    const auto proxy = Net::makeProxyRoute(config.proxyUrl, config.proxySource, config.tls);
    if (!proxy)
        return Failure{proxy.error()};
    target.m_proxy = *proxy;
    return target;
}

Net::UpgradeTarget TunnelTarget::next(const QString &pod) const
{
    const QByteArray path =
        Kube::apiPath(m_config, {u"api"_s, u"v1"_s, u"namespaces"_s, m_namespace, u"pods"_s, pod, u"portforward"_s});
    const int fallback = isTls(m_config.server) ? HttpsPort : HttpPort;
    const Http::RequestHead head =
        PortForward::upgradeRequest(path, hostField(m_config.server), Kube::credentialFields(m_config));
    return {m_config.server.host(),
            quint16(m_config.server.port(fallback)),
            m_tls,
            Http::encode(head),
            m_timeoutMs,
            m_proxy};
}

} // namespace Fairlead::Forward
