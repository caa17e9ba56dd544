#pragma once

#include "core/net/proxy/proxyhandshake.h"

namespace Fairlead::Net {

/// SOCKS5 (RFC 1928) with user and password (RFC 1929), offered only where there are some, as Go does:
///
///     05 01 00 | 05 02 00 02      version, number of methods, methods: none, user and password
///     05 MM                       the proxy's choice
///     01 len user len password    and its answer 01 00
///     05 01 00 AT address port    CONNECT; AT 1: IPv4, 3: name with its length before it, 4: IPv6
///     05 RR 00 AT address port    RR 0: open
class Socks5Handshake final : public ProxyHandshake
{
public:
    Socks5Handshake(ProxySettings proxy, QString host, quint16 port);

    [[nodiscard]] Step start() override;
    [[nodiscard]] Step feed(QByteArrayView bytes) override;

private:
    enum class Phase { Method, SignIn, Reply };

    /// What the bytes so far mean; takes those that it has understood out of the buffer.
    [[nodiscard]] Step advance();
    [[nodiscard]] Step readMethod();
    [[nodiscard]] Step readSignIn();
    [[nodiscard]] Step readReply();
    [[nodiscard]] Step askForServer();

    ProxySettings m_proxy;
    QString m_host;
    quint16 m_port;
    Phase m_phase = Phase::Method;
    QByteArray m_buffer;
};

} // namespace Fairlead::Net
