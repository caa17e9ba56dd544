#pragma once

#include "core/net/connectfailure.h"
#include "core/net/proxy/proxyhandshake.h"
#include "core/net/streamsocket.h"
#include "core/net/tlscontext.h"

#include <QObject>

class QTimer;

namespace Fairlead::Net {

class TcpConnector;

/// The proxy of a server with what TLS to the proxy itself needs.
struct ProxyRoute {
    ProxySettings settings;
    std::shared_ptr<TlsContext> tls; ///< for https proxies
};

/// `server` is the material for the server behind the proxy. Its roots count for an https proxy, too, next to the
/// system's (client-go trusts the server's alone, so configurations exist that rely on them), and so does its wish to
/// check nothing; its client certificate does not. The error is a sentence.
[[nodiscard]] Result<ProxyRoute, QString> makeProxyRoute(const QString &proxyUrl, const QString &source,
                                                         const TlsMaterial &server);

/// Connects to a server, straight or through a proxy, within a deadline for all of it. What comes out is a descriptor
/// whose bytes are the server's; TLS with the server is up to the StreamSocket that makeSocket() gives. For an https
/// proxy that is TLS within TLS. Lives in one thread; delete with deleteLater() from inside its signals.
class ServerConnector final : public QObject
{
    Q_OBJECT

public:
    explicit ServerConnector(QObject *parent = nullptr);
    ~ServerConnector() override;

    /// One of connected() and failed() follows, once, after this has returned.
    void open(const QString &host, quint16 port, const ProxyRoute &proxy, int timeoutMs);
    /// The socket with the server, not started. `tls` null: plain. Valid once, in connected().
    [[nodiscard]] StreamSocket *makeSocket(const std::shared_ptr<TlsContext> &tls, QObject *parent);
    /// The owner's own deadline has passed: failed() comes now, with words for what was being waited for.
    void giveUp();

signals:
    void connected();
    void failed(const Fairlead::Net::ConnectFailure &failure);

private:
    void onTcpConnected();
    void onTcpFailed(const QString &text, const QString &detail);
    void askProxy();
    void readProxy();
    void take(const ProxyHandshake::Step &step);
    void becomeConnected();
    void failByProxy(ProxyTrouble trouble, const QString &words);
    void fail(const ConnectFailure &failure);

    TcpConnector *m_tcp;
    QTimer *m_deadline;
    QString m_server; ///< host and port
    ProxyRoute m_proxy;
    std::unique_ptr<ProxyHandshake> m_handshake;
    StreamSocket *m_proxySocket = nullptr;
    StreamSocket::Released m_released; ///< after the handshake
    bool m_over = false;
};

} // namespace Fairlead::Net
