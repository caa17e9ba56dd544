#pragma once

#include "core/forward/forwardspec.h"
#include "core/kube/connectionconfig.h"
#include "core/net/upgradedconnection.h"
#include "core/support/result.h"

#include <memory>

namespace Fairlead::Forward {

/// What is needed to open upgraded connections to one pod, read from a connection config once. The request is made
/// fresh for each connection, since tokens in files rotate.
class TunnelTarget
{
public:
    /// The error is what the TLS material lacks, in OpenSSL's words.
    [[nodiscard]] static Result<TunnelTarget, QString> create(const Kube::ConnectionConfig &config,
                                                              const ForwardSpec &spec, int timeoutMs);
    [[nodiscard]] Net::UpgradeTarget next() const;

private:
    TunnelTarget() = default;

    Kube::ConnectionConfig m_config;
    QByteArray m_path;
    std::shared_ptr<Net::TlsContext> m_tls;
    int m_timeoutMs = 0;
};

} // namespace Fairlead::Forward
