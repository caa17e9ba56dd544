#pragma once

#include "core/forward/forwardsnapshot.h"
#include "core/net/descriptor.h"

#include <QHostAddress>
#include <QObject>

#include <memory>
#include <vector>

class QSocketNotifier;
class QTimer;

namespace Fairlead::Forward {

/// A program that connected, before anything is known about it.
struct AcceptedSocket {
    Net::Descriptor descriptor; ///< non-blocking, TCP_NODELAY
    QString peerAddress;
    quint16 peerPort = 0;
};

/// Listens on one local port, on all addresses that the user asked for.
///
/// `localhost` means 127.0.0.1 and ::1 and is content with one of them; an IP literal must bind, or the whole port
/// fails and the others are let go (kubectl's rules). A random port gets the same number on all addresses. IPv6 sockets
/// take no IPv4. When half of the process's descriptors are taken, accepting pauses for a second at a
/// time: the other half is for the tunnels of those that were accepted.
/// It uses the system's sockets directly: QTcpServer hides errno, and QTcpSocket cannot do half-close (see
/// Net::StreamSocket).
class LocalListener final : public QObject
{
    Q_OBJECT

public:
    explicit LocalListener(QObject *parent = nullptr);
    ~LocalListener() override;

    /// True when the port is open. Look at status() either way.
    bool listen(const QStringList &addresses, quint16 port);
    void close();
    [[nodiscard]] bool isListening() const { return !m_sockets.empty(); }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QList<ListenerStatus> status() const { return m_status; }
    /// What kubectl prints when the port could not be opened, after "Unable to listen on port N: ".
    [[nodiscard]] QString kubectlText() const;

signals:
    /// The receiver moves the descriptor out; one that is left there is closed.
    void accepted(Fairlead::Forward::AcceptedSocket &socket);
    void acceptPaused(const QString &why);

private:
    struct ListenSocket {
        Net::Descriptor descriptor;
        std::unique_ptr<QSocketNotifier> notifier;
    };
    struct Wanted {
        QHostAddress address;
        bool isLocalhost = false;
    };

    [[nodiscard]] static QList<Wanted> expand(const QStringList &addresses);
    [[nodiscard]] bool tryPort(const QList<Wanted> &wanted, quint16 port);
    [[nodiscard]] ListenerStatus bindOne(const QHostAddress &address, quint16 port);
    void acceptAll(int descriptor);
    void pauseAccepting(int error);

    std::vector<ListenSocket> m_sockets;
    QList<ListenerStatus> m_status;
    quint16 m_port = 0;
    QTimer *m_resume;
};

/// A sentence that names who holds the port, or what to do about it.
[[nodiscard]] QString explainBindError(int error, const QString &address, quint16 port);

} // namespace Fairlead::Forward
