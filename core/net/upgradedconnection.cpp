#include "core/net/upgradedconnection.h"

#include "core/net/plainstream.h"
#include "core/net/socketcalls.h"
#include "core/net/tcpconnector.h"
#include "core/net/tlsstream.h"

#include <QTimer>

#include <algorithm>
#include <array>
#include <cstring>

namespace Fairlead::Net {

namespace {
// After a refusal's head its body should be there at once; a server that promises more than it sends gets this long.
constexpr int RefusalBodyMs = 5'000;

template <typename... Ts>
struct Overload : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
Overload(Ts...) -> Overload<Ts...>;
} // namespace

UpgradedConnection::UpgradedConnection(UpgradeTarget target, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_handshake(m_target.host)
    , m_connector(new TcpConnector(this))
    , m_deadline(new QTimer(this))
{
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this, &UpgradedConnection::onDeadline);
    connect(m_connector, &TcpConnector::connected, this, &UpgradedConnection::startStream);
    connect(m_connector, &TcpConnector::failed, this,
            [this](const QString &text, const QString &detail) { fail(UpgradeFailure::Kind::Network, text, detail); });
}

UpgradedConnection::~UpgradedConnection() = default;

void UpgradedConnection::open()
{
    m_deadline->start(m_target.timeoutMs);
    m_connector->open(m_target.host, m_target.port, m_target.timeoutMs);
}

void UpgradedConnection::startStream()
{
    Descriptor descriptor = m_connector->takeDescriptor();
    const int fd = descriptor.get();
    std::unique_ptr<ByteStream> stream;
    if (m_target.tls)
        stream = std::make_unique<TlsStream>(fd, m_target.tls);
    else
        stream = std::make_unique<PlainStream>(fd);
    m_socket = new StreamSocket(std::move(descriptor), std::move(stream), this);
    connect(m_socket, &StreamSocket::ready, this, &UpgradedConnection::sendRequest);
    connect(m_socket, &StreamSocket::handshakeFailed, this, [this](const QString &error, bool byTls) {
        fail(byTls ? UpgradeFailure::Kind::Tls : UpgradeFailure::Kind::Network,
             tr("No secure connection to %1 can be made.").arg(m_target.host), error);
    });
    connect(m_socket, &StreamSocket::drained, this, &UpgradedConnection::drained);
    connect(m_socket, &StreamSocket::readable, this, [this] {
        if (m_opened)
            emit readable();
        else
            readAnswer();
    });
    m_socket->start();
}

void UpgradedConnection::sendRequest()
{
    m_socket->setReading(true);
    m_socket->write(QByteArrayView(m_target.request));
}

void UpgradedConnection::readAnswer()
{
    std::array<char, 8 * 1024> buffer;
    while (!m_over) {
        const IoResult result = m_socket->read(buffer.data(), buffer.size());
        if (result.kind == IoResult::Kind::WouldBlock)
            return;
        if (result.kind == IoResult::Kind::Moved)
            take(m_handshake.feed(QByteArrayView(buffer.data(), result.bytes)));
        else if (result.kind == IoResult::Kind::End || m_handshake.isReadingRefusal())
            take(m_handshake.finish());
        else
            fail(UpgradeFailure::Kind::Network, tr("The connection to %1 broke.").arg(m_target.host), result.error);
    }
}

void UpgradedConnection::take(UpgradeHandshake::Step step)
{
    std::visit(Overload{
                   [this](UpgradeHandshake::NeedMore) {
                       if (m_handshake.isReadingRefusal() && m_deadline->remainingTime() > RefusalBodyMs)
                           m_deadline->start(RefusalBodyMs);
                   },
                   [this](UpgradeHandshake::Accepted &accepted) {
                       m_deadline->stop();
                       m_over = m_opened = true;
                       m_glued = std::move(accepted.rest);
                       m_socket->setReading(false);
                       emit opened();
                   },
                   [this](PortForward::Refusal &refusal) {
                       UpgradeFailure failure{UpgradeFailure::Kind::Refused, refusal.message, refusal.detail, refusal};
                       m_deadline->stop();
                       m_over = true;
                       m_socket->close();
                       emit failed(failure);
                   },
                   [this](UpgradeHandshake::Broken &broken) {
                       fail(broken.closed ? UpgradeFailure::Kind::Network : UpgradeFailure::Kind::Protocol, broken.text,
                            broken.detail);
                   },
               },
               step);
}

void UpgradedConnection::fail(UpgradeFailure::Kind kind, const QString &text, const QString &detail)
{
    if (m_over)
        return;
    m_over = true;
    m_deadline->stop();
    if (m_socket)
        m_socket->close();
    emit failed({kind, text, detail, {}});
}

void UpgradedConnection::onDeadline()
{
    if (m_handshake.isReadingRefusal())
        take(m_handshake.finish());
    else
        fail(UpgradeFailure::Kind::Network, tr("%1 did not answer in time.").arg(m_target.host),
             QStringLiteral("i/o timeout"));
}

IoResult UpgradedConnection::read(char *buffer, qsizetype size)
{
    if (m_glued.isEmpty())
        return m_socket->read(buffer, size);
    const qsizetype count = std::min(size, m_glued.size());
    std::memcpy(buffer, m_glued.constData(), size_t(count));
    m_glued.remove(0, count);
    return IoResult::moved(count);
}

void UpgradedConnection::setReading(bool on)
{
    if (!isOpen())
        return;
    m_socket->setReading(on);
    if (on && !m_glued.isEmpty())
        QMetaObject::invokeMethod(this, &UpgradedConnection::readable, Qt::QueuedConnection);
}

void UpgradedConnection::write(QByteArray &&bytes)
{
    if (isOpen())
        m_socket->write(std::move(bytes));
}

bool UpgradedConnection::peerIsSilent() const
{
    return isOpen() && Net::peerIsSilent(m_socket->descriptor());
}

void UpgradedConnection::close()
{
    m_over = true;
    m_deadline->stop();
    if (!m_socket)
        return;
    m_socket->finishWriting();
    m_socket->close();
}

} // namespace Fairlead::Net
