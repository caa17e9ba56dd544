#include "core/net/upgradedconnection.h"

#include "core/net/socketcalls.h"
#include "core/net/websocketstream.h"

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

/// Whether the same question might get a better answer over another transport.
bool dependsOnTransport(const UpgradeFailure &failure)
{
    switch (failure.kind) {
    case UpgradeFailure::Kind::Refused:
        return PortForward::mayOtherTransportHelp(failure.refusal);
    case UpgradeFailure::Kind::Protocol:
        return true;
    case UpgradeFailure::Kind::Network:
    case UpgradeFailure::Kind::Tls:
    case UpgradeFailure::Kind::Proxy:
        break;
    }
    return false;
}

/// How much a failure says: the API server's own words more than those of something on the way.
int weight(const UpgradeFailure &failure)
{
    if (failure.kind != UpgradeFailure::Kind::Refused)
        return 1;
    switch (failure.refusal.origin) {
    case PortForward::Refusal::Origin::ApiServer:
        return 3;
    case PortForward::Refusal::Origin::Text:
        return 2;
    case PortForward::Refusal::Origin::Foreign:
        break;
    }
    return 1;
}

/// Which of two failures is told; `transport` is that of the later one. Of two answers the one that says more, else
/// that to SPDY, as kubectl does. A later attempt that got no answer leaves open whether its transport would have
/// passed, so the earlier refusal must not stand as final.
bool saysMore(const UpgradeFailure &earlier, const UpgradeFailure &later, Transport transport)
{
    const bool answered = later.kind == UpgradeFailure::Kind::Refused || later.kind == UpgradeFailure::Kind::Protocol;
    if (!answered)
        return false;
    const int more = weight(earlier) - weight(later);
    return more != 0 ? more > 0 : transport != Transport::Spdy;
}
} // namespace

UpgradedConnection::UpgradedConnection(UpgradeTarget target, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_handshake(m_target.host)
    , m_deadline(new QTimer(this))
{
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this, &UpgradedConnection::onDeadline);
}

UpgradedConnection::~UpgradedConnection() = default;

void UpgradedConnection::open()
{
    m_end.setRemainingTime(m_target.timeoutMs);
    startAttempt();
}

void UpgradedConnection::startAttempt()
{
    const int left = int(m_end.remainingTime());
    m_deadline->start(left); // a refusal may have shortened it
    m_handshake = UpgradeHandshake(m_target.host, m_target.attempts.at(m_attempt).webSocketKey);
    m_connector = new ServerConnector(this);
    connect(m_connector, &ServerConnector::connected, this, &UpgradedConnection::startStream);
    connect(m_connector, &ServerConnector::failed, this, [this](const ConnectFailure &failure) {
        fail(kindOf(failure.kind), failure.text, failure.detail, failure.advice);
    });
    m_connector->open(m_target.host, m_target.port, m_target.proxy, left);
}

/// True: `failure` is not the last word.
bool UpgradedConnection::startNextAttempt(const UpgradeFailure &failure)
{
    if (m_attempt + 1 >= m_target.attempts.size() || !dependsOnTransport(failure) || m_end.hasExpired())
        return false;
    m_earlier = failure;
    ++m_attempt;
    m_socket->disconnect(this); // its signal may have led here
    m_socket->close();
    m_socket->deleteLater();
    m_socket = nullptr;
    m_connector->disconnect(this);
    m_connector->deleteLater();
    m_connector = nullptr;
    m_deadline->stop(); // until the next one begins
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!m_over)
                startAttempt();
        },
        Qt::QueuedConnection);
    return true;
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
    m_socket->write(QByteArrayView(m_target.attempts.at(m_attempt).request));
}

void UpgradedConnection::readAnswer()
{
    std::array<char, 8 * 1024> buffer;
    while (!m_over && m_socket) {
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
    std::visit(
        Overload{
            [this](UpgradeHandshake::NeedMore) {
                if (m_handshake.isReadingRefusal() && m_deadline->remainingTime() > RefusalBodyMs)
                    m_deadline->start(RefusalBodyMs);
            },
            [this](UpgradeHandshake::Accepted &accepted) { accept(std::move(accepted.rest)); },
            [this](PortForward::Refusal &refusal) {
                fail(UpgradeFailure{UpgradeFailure::Kind::Refused, refusal.message, refusal.detail, refusal, {}});
            },
            [this](UpgradeHandshake::Broken &broken) {
                fail(broken.closed ? UpgradeFailure::Kind::Network : UpgradeFailure::Kind::Protocol, broken.text,
                     broken.detail);
            },
        },
        step);
}

void UpgradedConnection::accept(QByteArray &&rest)
{
    m_deadline->stop();
    m_over = m_opened = true;
    m_socket->setReading(false);
    if (transport() == Transport::WebSocket) {
        m_socket->wrap([&rest](std::unique_ptr<ByteStream> inner) {
            return std::make_unique<WebSocketStream>(std::move(inner), std::move(rest));
        });
    } else {
        m_glued = std::move(rest);
    }
    emit opened();
}

void UpgradedConnection::fail(UpgradeFailure::Kind kind, const QString &text, const QString &detail,
                              const QString &advice)
{
    fail(UpgradeFailure{kind, text, detail, {}, advice});
}

void UpgradedConnection::fail(const UpgradeFailure &failure)
{
    if (m_over || startNextAttempt(failure))
        return;
    m_over = true;
    m_deadline->stop();
    if (m_socket)
        m_socket->close();
    emit failed(m_earlier && saysMore(*m_earlier, failure, transport()) ? *m_earlier : failure);
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
