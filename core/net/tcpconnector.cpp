#include "core/net/tcpconnector.h"

#include "core/net/socketcalls.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>

#include <fcntl.h>

namespace Fairlead::Net {

TcpConnector::TcpConnector(QObject *parent)
    : QObject(parent)
    , m_socket(new QTcpSocket(this))
    , m_deadline(new QTimer(this))
{
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_deadline->setSingleShot(true);
    connect(m_socket, &QTcpSocket::connected, this, &TcpConnector::handOver);
    connect(
        m_socket, &QTcpSocket::errorOccurred, this,
        [this](QAbstractSocket::SocketError error) {
            if (error == QAbstractSocket::HostNotFoundError)
                fail(Cause::NameUnknown, tr("The name of the server %1 cannot be found.").arg(m_peer),
                     m_socket->errorString());
            else
                fail(Cause::Unreachable, tr("The server %1 cannot be reached.").arg(m_peer), m_socket->errorString());
        },
        Qt::QueuedConnection);
    connect(m_deadline, &QTimer::timeout, this, &TcpConnector::giveUp);
}

TcpConnector::~TcpConnector() = default;

void TcpConnector::open(const QString &host, quint16 port, int timeoutMs)
{
    m_peer = host.contains(u':') ? QStringLiteral("[%1]:%2").arg(host).arg(port)
                                 : QStringLiteral("%1:%2").arg(host).arg(port);
    m_deadline->start(timeoutMs);
    m_socket->connectToHost(host, port);
}

Descriptor TcpConnector::takeDescriptor()
{
    return std::move(m_descriptor);
}

void TcpConnector::handOver()
{
    if (m_done)
        return;
    m_done = true;
    m_deadline->stop();
    // Qt gives no descriptor away, so a duplicate is kept; Qt's own is closed without touching the connection. Never
    // open to a program that another thread starts at this moment: a browser would keep the connection for hours.
    m_descriptor.reset(::fcntl(int(m_socket->socketDescriptor()), F_DUPFD_CLOEXEC, 0));
    m_socket->abort();
    makeNonBlocking(m_descriptor.get());
    setNoDelay(m_descriptor.get());
    setKeepAlive(m_descriptor.get());
    emit connected();
}

void TcpConnector::giveUp()
{
    fail(Cause::NoAnswer, tr("The server %1 does not answer.").arg(m_peer), QStringLiteral("i/o timeout"));
}

void TcpConnector::fail(Cause cause, const QString &text, const QString &detail)
{
    if (m_done)
        return;
    m_cause = cause;
    m_done = true;
    m_deadline->stop();
    m_socket->abort();
    emit failed(text, detail);
}

} // namespace Fairlead::Net
