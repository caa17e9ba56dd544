#pragma once

#include "core/forward/engineoptions.h"
#include "core/forward/transportmemory.h"
#include "core/kube/config/connectionconfig.h"
#include "core/kube/objects/objects.h"
#include "core/kube/signin/credentialsource.h"
#include "core/net/tlscontextcache.h"
#include "core/net/upgradedconnection.h"
#include "core/support/result.h"

#include <memory>

namespace Fairlead::Forward {

/// What is needed to open upgraded connections to the pods of a namespace, read from a connection config once. The
/// request is made fresh for each connection, since tokens in files rotate, and so is what a sign-in plugin gives.
class TunnelTarget
{
public:
    /// The error is what the TLS material lacks, in OpenSSL's words, or what is wrong with the proxy's address.
    /// `contexts` (thread-safe, may be null) lets all targets of one server resume each other's TLS sessions.
    [[nodiscard]] static Result<TunnelTarget, QString> create(const Kube::ConnectionConfig &config,
                                                              const QString &namespaceName, int timeoutMs,
                                                              Net::TlsContextCache *contexts = nullptr);
    /// Over SPDY and through the pod's own subresource unless told.
    void setWay(Net::TransportChoice transport, Route route, std::shared_ptr<const TransportMemory> memory = {});
    [[nodiscard]] Net::UpgradeTarget next(const Kube::PodInfo &pod) const;
    /// To be asked before next(); null: the config has its credentials in itself.
    [[nodiscard]] const std::shared_ptr<Kube::CredentialSource> &credentials() const { return m_credentials; }

private:
    TunnelTarget() = default;
    [[nodiscard]] QByteArray pathTo(const Kube::PodInfo &pod) const;
    [[nodiscard]] QList<Net::Transport> order() const;
    [[nodiscard]] Result<std::shared_ptr<Net::TlsContext>, QString> tlsFor(const Kube::Credential &credential) const;

    Kube::ConnectionConfig m_config;
    QString m_namespace;
    std::shared_ptr<Net::TlsContext> m_tls;
    Net::ProxyRoute m_proxy;
    std::shared_ptr<Kube::CredentialSource> m_credentials;
    Net::TlsContextCache *m_contexts = nullptr;
    int m_timeoutMs = 0;
    Net::TransportChoice m_transport = Net::TransportChoice::Spdy;
    Route m_route = Route::PodSubresource;
    std::shared_ptr<const TransportMemory> m_memory; ///< null: nothing is known of the server
};

} // namespace Fairlead::Forward
