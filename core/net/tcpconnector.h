#pragma once

#include "core/net/descriptor.h"

#include <QObject>
#include <QString>

class QTcpSocket;
class QTimer;

namespace Fairlead::Net {

/// Connects one TCP socket: name lookup, one address after the other, a deadline. QTcpSocket does that part; its
/// descriptor is then handed over (see StreamSocket for why). Proxies are not its business (see
/// proxy/serverconnector.h).
class TcpConnector final : public QObject
{
    Q_OBJECT

public:
    enum class Cause { NameUnknown, Unreachable, NoAnswer };

    explicit TcpConnector(QObject *parent = nullptr);
    ~TcpConnector() override;

    /// One of connected() and failed() follows, once, after this has returned.
    void open(const QString &host, quint16 port, int timeoutMs);
    /// The connected descriptor, non-blocking, TCP_NODELAY and keep-alive set. Valid once, in connected().
    [[nodiscard]] Descriptor takeDescriptor();
    /// The owner's own deadline has passed: failed() comes now, unless it is over.
    void giveUp();
    [[nodiscard]] Cause cause() const { return m_cause; }

signals:
    void connected();
    /// `text` is a sentence about a server, `detail` the system's words; cause() is the reason.
    void failed(const QString &text, const QString &detail);

private:
    void handOver();
    void fail(Cause cause, const QString &text, const QString &detail);

    QTcpSocket *m_socket;
    QTimer *m_deadline;
    Descriptor m_descriptor;
    QString m_peer;
    Cause m_cause = Cause::Unreachable;
    bool m_done = false;
};

} // namespace Fairlead::Net
