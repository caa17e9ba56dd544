#include "core/net/proxy/proxyhandshake.h"

#include "core/net/proxy/connecthandshake.h"
#include "core/net/proxy/socks5handshake.h"

namespace Fairlead::Net {

std::unique_ptr<ProxyHandshake> makeProxyHandshake(const ProxySettings &proxy, const QString &host, quint16 port)
{
    switch (proxy.kind) {
    case ProxySettings::Kind::Socks5:
        return std::make_unique<Socks5Handshake>(proxy, host, port);
    case ProxySettings::Kind::Http:
    case ProxySettings::Kind::Https:
        return std::make_unique<ConnectHandshake>(proxy, host, port);
    case ProxySettings::Kind::None:
        break;
    }
    return nullptr;
}

} // namespace Fairlead::Net
