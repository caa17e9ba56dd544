#include "core/net/upgradedconnection.h"

#include "core/net/socketcalls.h"

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

UpgradeFailure::Kind kindOf(ConnectFailure::Kind kind)
{
    switch (kind) {
    case ConnectFailure::Kind::Network:
        break;
    case ConnectFailure::Kind::Tls:
        return UpgradeFailure::Kind::Tls;
    case ConnectFailure::Kind::Refused:
        return UpgradeFailure::Kind::Proxy;
    }
    return UpgradeFailure::Kind::Network;
}
} // namespace

UpgradedConnection::UpgradedConnection(UpgradeTarget target, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_handshake(m_target.host)
    , m_connector(new ServerConnector(this))
    , m_deadline(new QTimer(this))
{
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this, &UpgradedConnection::onDeadline);
    connect(m_connector, &ServerConnector::connected, this, &UpgradedConnection::startStream);
    connect(m_connector, &ServerConnector::failed, this, [this](const ConnectFailure &failure) {
        fail(kindOf(failure.kind), failure.text, failure.detail, failure.advice);
    });
}

UpgradedConnection::~UpgradedConnection() = default;

void UpgradedConnection::open()
{
    m_deadline->start(m_target.timeoutMs);
    m_connector->open(m_target.host, m_target.port, m_target.proxy, m_target.timeoutMs);
}

void UpgradedConnection::startStream()
{
    m_socket = m_connector->makeSocket(m_target.tls, this);
    connect(m_socket, &StreamSocket::ready, this, &UpgradedConnection::sendRequest);
    connect(m_socket, &StreamSocket::handshakeFailed, this, &UpgradedConnection::onHandshakeFailed);
    connect(m_socket, &StreamSocket::drained, this, &UpgradedConnection::drained);
    connect(m_socket, &StreamSocket::readable, this, [this] {
        if (m_opened)
            emit readable();
        else
            readAnswer();
    });
    m_socket->start();
}

void UpgradedConnection::onHandshakeFailed(const QString &error, bool byTls)
{
    const auto kind = byTls ? UpgradeFailure::Kind::Tls : UpgradeFailure::Kind::Network;
    if (const auto failure = m_socket->tlsFailure())
        fail(kind, tr("The identity of %1 could not be verified. %2").arg(m_target.host, failure->message),
             failure->goText, failure->advice);
    else
        fail(kind, tr("No secure connection to %1 can be made.").arg(m_target.host), error);
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

void UpgradedConnection::fail(UpgradeFailure::Kind kind, const QString &text, const QString &detail,
                              const QString &advice)
{
    if (m_over)
        return;
    m_over = true;
    m_deadline->stop();
    if (m_socket)
        m_socket->close();
    emit failed({kind, text, detail, {}, advice});
}

void UpgradedConnection::onDeadline()
{
    if (m_handshake.isReadingRefusal())
        take(m_handshake.finish());
    else if (!m_socket)
        m_connector->giveUp();
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
