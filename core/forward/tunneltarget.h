#pragma once

#include "core/kube/config/connectionconfig.h"
#include "core/net/tlscontextcache.h"
#include "core/net/upgradedconnection.h"
#include "core/support/result.h"

#include <memory>

namespace Fairlead::Forward {

/// What is needed to open upgraded connections to the pods of a namespace, read from a connection config once. The
/// request is made fresh for each connection, since tokens in files rotate.
class TunnelTarget
{
public:
    /// The error is what the TLS material lacks, in OpenSSL's words, or what is wrong with the proxy's address.
    /// `contexts` (thread-safe, may be null) lets all targets of one server resume each other's TLS sessions.
    [[nodiscard]] static Result<TunnelTarget, QString> create(const Kube::ConnectionConfig &config,
                                                              const QString &namespaceName, int timeoutMs,
                                                              Net::TlsContextCache *contexts = nullptr);
    [[nodiscard]] Net::UpgradeTarget next(const QString &pod) const;

private:
    TunnelTarget() = default;

    Kube::ConnectionConfig m_config;
    QString m_namespace;
    std::shared_ptr<Net::TlsContext> m_tls;
    Net::ProxyRoute m_proxy;
    int m_timeoutMs = 0;
};

} // namespace Fairlead::Forward
