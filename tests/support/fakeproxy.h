#pragma once

#include <QByteArray>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>

#include <memory>
#include <optional>

class QTcpSocket;

namespace Fairlead::Test {

/// What the proxy does with a connection.
struct ProxyScript {
    enum class Then { Relay, Stay, Close };
    Then then = Then::Relay; ///< Relay: connects, on loopback, to the port that CONNECT names
    QByteArray answer; ///< sent first where it does not relay
};

/// An HTTP proxy on 127.0.0.1 that misbehaves as told, in the thread where it lives. With a TLS configuration it is an
/// https proxy.
class FakeProxy final : public QObject
{
    Q_OBJECT

public:
    explicit FakeProxy(ProxyScript script, const std::optional<QSslConfiguration> &tls = {});
    ~FakeProxy() override;

    /// "http://127.0.0.1:PORT", or https.
    [[nodiscard]] QUrl url() const;
    /// The first bytes of each connection, until their empty line.
    [[nodiscard]] const QByteArrayList &heads() const { return m_heads; }

private:
    void accept();
    void read(QTcpSocket *client);
    void obey(QTcpSocket *client, const QByteArray &head);
    void relay(QTcpSocket *client, quint16 port);

    ProxyScript m_script;
    bool m_secure;
    std::unique_ptr<QTcpServer> m_server;
    QByteArrayList m_heads;
};

} // namespace Fairlead::Test
