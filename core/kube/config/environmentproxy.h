#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QUrl>

namespace Fairlead::Kube {

struct EnvironmentProxy {
    QString url; ///< with scheme; empty: connect directly
    QString variable; ///< the one that named it, e.g. "HTTPS_PROXY"
};

/// The proxy that the environment names for `server`, by the rules of Go's golang.org/x/net/http/httpproxy:
/// HTTPS_PROXY or HTTP_PROXY by the server's scheme (upper case first), never for localhost and loopback addresses,
/// never for what NO_PROXY lists. Only asked when the cluster has no proxy-url. Looks up no names.
[[nodiscard]] EnvironmentProxy proxyFromEnvironment(const QUrl &server, const QProcessEnvironment &environment);

} // namespace Fairlead::Kube
