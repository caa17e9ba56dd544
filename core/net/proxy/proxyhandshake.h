#pragma once

#include "core/net/proxy/proxysettings.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <variant>

namespace Fairlead::Net {

/// Why a proxy did not give us a connection to the server. Each has its sentence in proxyfailure.cpp.
enum class ProxyTrouble {
    NameUnknown, ///< of the proxy itself
    Unreachable,
    NoAnswer, ///< to TCP
    Stuck, ///< it took the connection and said nothing more
    Closed,
    Untrusted, ///< TLS to the proxy
    PasswordNeeded,
    PasswordRefused,
    PasswordUnfit, ///< user or password cannot be sent by this protocol
    SignInUnknown, ///< wants a way of signing in that we do not have
    NotAllowed,
    NoTunnels, ///< does not know CONNECT
    ServerUnreachable, ///< the proxy tried and failed
    ServerNameUnfit, ///< the server's name cannot be sent by this protocol
    OtherAnswer,
    WebPage, ///< says yes and goes on with a page of its own
    NotHttp,
    NotSocks
};

/// How one protocol asks a proxy for a connection, client side, without its socket. start() once, then feed() with what
/// came, in whatever pieces, until the answer is not NeedMore. What is kept is bounded by MaxHeadBytes (http) or 262
/// bytes (SOCKS5). An outcome is final.
class ProxyHandshake
{
public:
    struct NeedMore {
        QByteArray send; ///< maybe nothing
    };
    struct Open {
    };
    struct Refused {
        ProxyTrouble trouble = ProxyTrouble::OtherAnswer;
        QString words; ///< the proxy's own, or of the protocol's number for it; not translated
    };
    using Step = std::variant<NeedMore, Open, Refused>;

    virtual ~ProxyHandshake() = default;

    /// What to send first; may be Refused already.
    [[nodiscard]] virtual Step start() = 0;
    [[nodiscard]] virtual Step feed(QByteArrayView bytes) = 0;
};

/// The handshake that fits. `host` and `port` are the server's; a name stays a name, the proxy looks it up.
[[nodiscard]] std::unique_ptr<ProxyHandshake> makeProxyHandshake(const ProxySettings &proxy, const QString &host,
                                                                 quint16 port);

} // namespace Fairlead::Net
