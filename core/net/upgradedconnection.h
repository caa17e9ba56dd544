#pragma once

#include "core/net/proxy/serverconnector.h"
#include "core/net/streamsocket.h"
#include "core/net/tlscontext.h"
#include "core/net/transport.h"
#include "core/net/upgradehandshake.h"

#include <QDeadlineTimer>
#include <QList>
#include <QObject>

class QTimer;

namespace Fairlead::Net {

/// One way to ask for an upgraded connection.
struct UpgradeAttempt {
    Transport transport = Transport::Spdy;
    QByteArray request; ///< the encoded head
    QByteArray webSocketKey; ///< the request's Sec-WebSocket-Key
};

/// Where an upgraded connection goes and what it says first.
struct UpgradeTarget {
    QString host; ///< without brackets
    quint16 port = 443;
    std::shared_ptr<TlsContext> tls; ///< null: plain HTTP
    /// At least one. The next one is tried, on a connection of its own, when the answer to the one before says that
    /// this server or something on the way does not take that transport; not after a failure of the network or of TLS.
    QList<UpgradeAttempt> attempts = {UpgradeAttempt{}};
    int timeoutMs = 30'000; ///< for all phases and attempts together
    ProxyRoute proxy = {};
    quint64 credential = 0; ///< the caller's number of what signs the request; a failure repeats it
};

/// Why there is no upgraded connection.
struct UpgradeFailure {
    enum class Kind {
        Network, ///< name, TCP, closed, timeout, of the server or of its proxy
        Tls, ///< handshake or certificate
        Refused, ///< the server answered something else; `refusal` says what
        Proxy, ///< the proxy said no, and will again until somebody changes something
        Protocol ///< a 101 that is not ours, or no HTTP at all
    };
    Kind kind = Kind::Network;
    QString text; ///< sentence
    QString detail; ///< the other side's or the system's own words
    PortForward::Refusal refusal;
    QString advice = {}; ///< what would help, may be empty
    quint64 credential = 0; ///< the target's
};

/// One connection to an API server, brought to the point where it carries SPDY: TCP, proxy, TLS, HTTP upgrade to SPDY
/// itself or to a WebSocket around it, then bytes. Nothing is sent between the request and the 101, since servers lose
/// it. Lives in one thread; delete with deleteLater() from inside its signals.
class UpgradedConnection final : public QObject
{
    Q_OBJECT

public:
    explicit UpgradedConnection(UpgradeTarget target, QObject *parent = nullptr);
    ~UpgradedConnection() override;

    /// Either opened() or failed() follows, once.
    void open();
    [[nodiscard]] bool isOpen() const { return m_opened && m_socket && m_socket->isOpen(); }
    /// Of the attempt that is under way or has succeeded.
    [[nodiscard]] Transport transport() const { return m_target.attempts.at(m_attempt).transport; }

    /// Reading and writing as in StreamSocket. Bytes that came glued to the 101 are read first.
    [[nodiscard]] IoResult read(char *buffer, qsizetype size);
    void setReading(bool on);
    void write(QByteArray &&bytes);
    [[nodiscard]] qsizetype bytesToWrite() const { return m_socket ? m_socket->bytesToWrite() : 0; }
    /// The kernel has taken everything, encrypted or not.
    [[nodiscard]] bool allSent() const { return !m_socket || m_socket->allSent(); }
    /// The peer's kernel no longer acknowledges (see peerIsSilent()).
    [[nodiscard]] bool peerIsSilent() const;

    /// Lets what is written go out as far as the kernel takes it at once, then closes.
    void close();

signals:
    void opened();
    void failed(const Fairlead::Net::UpgradeFailure &failure);
    void readable();
    void drained();

private:
    void startAttempt();
    [[nodiscard]] bool startNextAttempt(const UpgradeFailure &failure);
    void startStream();
    void sendRequest();
    void accept(QByteArray &&rest);
    void readAnswer();
    void take(UpgradeHandshake::Step step);
    void onHandshakeFailed(const QString &error, bool byTls);
    void fail(UpgradeFailure::Kind kind, const QString &text, const QString &detail, const QString &advice = {});
    void fail(const UpgradeFailure &failure);
    void onDeadline();

    UpgradeTarget m_target;
    qsizetype m_attempt = 0;
    std::optional<UpgradeFailure> m_earlier; ///< what came of the attempt before this one
    UpgradeHandshake m_handshake;
    ServerConnector *m_connector = nullptr;
    StreamSocket *m_socket = nullptr;
    QTimer *m_deadline;
    QDeadlineTimer m_end; ///< of all attempts
    QByteArray m_glued;
    bool m_opened = false;
    bool m_over = false;
};

} // namespace Fairlead::Net
