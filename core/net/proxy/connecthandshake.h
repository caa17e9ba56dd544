#pragma once

#include "core/net/proxy/proxyhandshake.h"
#include "core/protocol/http/headparser.h"

namespace Fairlead::Net {

/// HTTP CONNECT (RFC 9110 section 9.3.6) with Basic sign-in (RFC 7617), which is sent at once, as Go does. Any 2xx
/// opens the connection and has no body, whatever its fields say; bytes behind its head are not the server's, since
/// that speaks second in TLS and HTTP: something answers in its place.
class ConnectHandshake final : public ProxyHandshake
{
public:
    ConnectHandshake(ProxySettings proxy, const QString &host, quint16 port);

    [[nodiscard]] Step start() override;
    [[nodiscard]] Step feed(QByteArrayView bytes) override;

private:
    [[nodiscard]] Step judge(const Http::ResponseHead &head, const QByteArray &rest) const;
    [[nodiscard]] Refused signInRefusal(const Http::ResponseHead &head, const QString &words) const;

    ProxySettings m_proxy;
    QByteArray m_authority;
    Http::ResponseParser m_parser;
};

} // namespace Fairlead::Net
