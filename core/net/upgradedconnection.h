#pragma once

#include "core/net/proxy/serverconnector.h"
#include "core/net/streamsocket.h"
#include "core/net/tlscontext.h"
#include "core/net/upgradehandshake.h"

#include <QObject>

class QTimer;

namespace Fairlead::Net {

/// Where an upgraded connection goes and what it says first.
struct UpgradeTarget {
    QString host; ///< without brackets
    quint16 port = 443;
    std::shared_ptr<TlsContext> tls; ///< null: plain HTTP
    QByteArray request; ///< the encoded head
    int timeoutMs = 30'000; ///< for all phases together
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

/// One connection to an API server, brought to the point where it carries SPDY: TCP, proxy, TLS, HTTP upgrade,
/// then bytes.
/// Nothing is sent between the request and the 101, since servers lose it. Lives in one thread; delete with
/// deleteLater() from inside its signals.
class UpgradedConnection final : public QObject
{
    Q_OBJECT

public:
    explicit UpgradedConnection(UpgradeTarget target, QObject *parent = nullptr);
    ~UpgradedConnection() override;

    /// Either opened() or failed() follows, once.
    void open();
    [[nodiscard]] bool isOpen() const { return m_opened && m_socket && m_socket->isOpen(); }

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
    void startStream();
    void sendRequest();
    void readAnswer();
    void take(UpgradeHandshake::Step step);
    void onHandshakeFailed(const QString &error, bool byTls);
    void fail(UpgradeFailure::Kind kind, const QString &text, const QString &detail, const QString &advice = {});
    void onDeadline();

    UpgradeTarget m_target;
    UpgradeHandshake m_handshake;
    ServerConnector *m_connector;
    StreamSocket *m_socket = nullptr;
    QTimer *m_deadline;
    QByteArray m_glued;
    bool m_opened = false;
    bool m_over = false;
};

} // namespace Fairlead::Net
