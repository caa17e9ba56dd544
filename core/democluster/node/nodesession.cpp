#include "core/democluster/node/nodesession.h"

#include <algorithm>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 ReadSize = 64 * 1024;
/// Early data of all streams together; a client that sends more before its pair is complete has to wait.
constexpr qsizetype MaxEarly = 1024 * 1024;
/// How long the last frames may take to leave.
constexpr int CloseMs = 10 * 1000;

} // namespace

NodeSession::NodeSession(std::unique_ptr<QSslSocket> socket, Carrier carrier, const Pod &pod,
                         const NodeServices &services, QObject *channels, QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_pod(pod)
    , m_services(services)
    , m_channels(channels)
    , m_spdy(Spdy::Role::Server)
    , m_assembler(services.pairTimeoutMs)
{
    if (carrier == Carrier::WebSocket)
        m_pipe.emplace(WebSocket::Role::Server, WebSocket::BytePipe::KeySource());
    m_socket->setReadBufferSize(ReadBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket.get(), &QSslSocket::readyRead, this, &NodeSession::onReadyRead);
    connect(m_socket.get(), &QSslSocket::encryptedBytesWritten, this, &NodeSession::updateStalled);
    connect(m_socket.get(), &QSslSocket::disconnected, this, &NodeSession::onDisconnected);
    m_expiry.setSingleShot(true);
    connect(&m_expiry, &QTimer::timeout, this, &NodeSession::expirePairs);
    m_idle.setSingleShot(true);
    m_idle.setInterval(services.idleTimeoutMs);
    connect(&m_idle, &QTimer::timeout, this, &NodeSession::onIdle);
}

NodeSession::~NodeSession()
{
    m_socket->disconnect(this);
}

void NodeSession::begin(const QByteArray &bytes)
{
    m_idle.start();
    QByteArray first = bytes;
    receive(first.data(), first.size());
    onReadyRead();
}

void NodeSession::onReadyRead()
{
    if (m_consuming || m_blackHole)
        return;
    QByteArray buffer(ReadSize, Qt::Uninitialized);
    while (m_socket->isOpen() && !mustPause()) {
        const qint64 count = m_socket->read(buffer.data(), buffer.size());
        if (count <= 0)
            break;
        m_idle.start();
        receive(buffer.data(), count);
    }
    flush();
}

void NodeSession::receive(char *bytes, qsizetype size)
{
    if (!m_pipe)
        return consume(QByteArrayView(bytes, size));
    const bool wasOver = m_pipe->ending().has_value();
    m_pipe->receive(bytes, size);
    while (const auto payload = m_pipe->nextPayload())
        consume(*payload);
    if (m_pipe->hasControl())
        scheduleFlush();
    if (m_pipe->ending() && !wasOver) // its close frame or a mistake: either has been answered
        QMetaObject::invokeMethod(this, &NodeSession::close, Qt::QueuedConnection);
}

void NodeSession::consume(QByteArrayView bytes)
{
    m_consuming = true;
    m_spdy.receive(bytes);
    while (const auto event = m_spdy.nextEvent())
        std::visit([this](const auto &e) { handle(e); }, *event);
    m_consuming = false;
}

/// What the client managed to send before its end still goes to the pods.
void NodeSession::onDisconnected()
{
    while (m_socket->isOpen()) { // it is not after an abort
        QByteArray bytes = m_socket->read(ReadSize);
        if (bytes.isEmpty())
            break;
        receive(bytes.data(), bytes.size());
    }
    qDeleteAll(m_pairs);
    m_pairs.clear();
    m_idle.stop();
    m_expiry.stop();
    deleteLater();
}

void NodeSession::handle(const Spdy::StreamOpened &event)
{
    using PortForward::PairAssembler;
    const auto answer = m_assembler.streamOpened(event, m_services.clock.monotonicMs());
    if (std::holds_alternative<PairAssembler::Rejected>(answer))
        return m_spdy.resetStream(event.stream, Spdy::ResetStatus::Cancel);
    m_spdy.replyToStream(event.stream);
    if (std::holds_alternative<PairAssembler::Accepted>(answer))
        m_early.insert(event.stream, {{}, event.fin});
    else if (const auto *completed = std::get_if<PairAssembler::Completed>(&answer))
        startPair(*completed, event);
    else if (const auto *duplicate = std::get_if<PairAssembler::Duplicate>(&answer);
             duplicate && duplicate->errorStream)
        m_spdy.sendData(duplicate->errorStream, duplicate->text.toUtf8());
    scheduleExpiry();
}

void NodeSession::startPair(const PortForward::PairAssembler::Completed &completed, const Spdy::StreamOpened &last)
{
    const PortForward::PairAssembler::Pair &pair = completed.pair;
    const QString prefix = u"error forwarding port %1 to pod %2, uid : "_s.arg(pair.port).arg(sandboxId(m_pod));
    auto *node = new NodePair(pair, prefix, m_services.oneSecondRule, *this, this);
    m_pairs.insert(pair.dataStream, node);
    connect(node, &NodePair::finished, this, [this, node] { removePair(node); });
    connect(node, &NodePair::drained, this, &NodeSession::onReadyRead, Qt::QueuedConnection);
    node->setStalled(m_stalled);
    startConnecting(*node);
    EarlyData early = m_early.take(pair.dataStream);
    m_early.remove(pair.errorStream);
    early.fin = early.fin || (last.stream == pair.dataStream && last.fin);
    if (!node->isOver() && (!early.bytes.isEmpty() || early.fin))
        node->receive(early.bytes, early.fin);
}

/// The pod may have changed since the upgrade; a session is bound to one sandbox.
void NodeSession::startConnecting(NodePair &pair)
{
    const Pod *now = m_services.store.findPod(m_pod.nameSpace, m_pod.name);
    if (!now || now->uid != m_pod.uid)
        return pair.refuse(u"failed to find sandbox \"%1\" in store: not found"_s.arg(sandboxId(m_pod)));
    if (now->phase != "Running"_L1)
        return pair.refuse(u"sandbox container \"%1\" is not running"_s.arg(sandboxId(m_pod)));
    pair.begin(makeConnector(*now, m_services.programs), m_channels);
}

void NodeSession::removePair(NodePair *pair)
{
    m_pairs.remove(pair->streams().dataStream);
    pair->deleteLater();
    scheduleFlush();
    QMetaObject::invokeMethod(this, &NodeSession::onReadyRead, Qt::QueuedConnection); // it may have been what held us
}

void NodeSession::handle(const Spdy::DataReceived &event)
{
    if (NodePair *pair = m_pairs.value(event.stream)) {
        pair->receive(event.body, event.fin);
        return;
    }
    const auto early = m_early.find(event.stream);
    if (early == m_early.end())
        return;
    early->bytes.append(event.body);
    early->fin = event.fin;
}

void NodeSession::handle(const Spdy::StreamReset &event)
{
    m_early.remove(event.stream);
    m_assembler.streamGone(event.stream);
    scheduleExpiry();
    if (NodePair *pair = m_pairs.value(event.stream))
        pair->clientReset();
}

void NodeSession::handle(const Spdy::SessionFailed &)
{
    scheduleFlush(); // the session has put a GOAWAY there
    QMetaObject::invokeMethod(this, &NodeSession::close, Qt::QueuedConnection);
}

/// Lets what is queued go out, but not for ever.
void NodeSession::close()
{
    if (m_pipe)
        m_pipe->close(WebSocket::CloseCode::Normal);
    flush();
    m_socket->disconnectFromHost();
    QTimer::singleShot(CloseMs, m_socket.get(), [socket = m_socket.get()] { socket->abort(); });
}

void NodeSession::expirePairs()
{
    for (const auto &expired : m_assembler.takeExpired(m_services.clock.monotonicMs())) {
        m_early.remove(expired.dataStream);
        m_early.remove(expired.errorStream);
        if (expired.errorStream)
            m_spdy.sendData(expired.errorStream, expired.text.toUtf8());
    }
    scheduleExpiry();
    flush();
}

void NodeSession::scheduleExpiry()
{
    const auto deadline = m_assembler.nextDeadlineMs();
    if (!deadline)
        return m_expiry.stop();
    const qint64 wait = *deadline - m_services.clock.monotonicMs();
    m_expiry.start(static_cast<int>(std::clamp<qint64>(wait, 0, m_services.pairTimeoutMs)));
}

void NodeSession::sendData(quint32 stream, QByteArrayView bytes, bool fin)
{
    m_spdy.sendData(stream, bytes, fin);
    scheduleFlush();
}

void NodeSession::resetStream(quint32 stream, Spdy::ResetStatus status)
{
    m_spdy.resetStream(stream, status);
    scheduleFlush();
}

/// Collects what one round of the event loop produces into one write, but not so much that memory fills.
void NodeSession::scheduleFlush()
{
    if (!m_consuming && m_spdy.outputSize() >= ReadSize)
        return flush();
    if (std::exchange(m_flushScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &NodeSession::flush, Qt::QueuedConnection);
}

void NodeSession::flush()
{
    m_flushScheduled = false;
    if (m_blackHole)
        return;
    if (m_socket->isOpen())
        sendOutput();
    updateStalled();
}

void NodeSession::sendOutput()
{
    if (m_spdy.outputSize() > 0 && !m_closeSent) {
        const QByteArray output = m_spdy.takeOutput();
        m_socket->write(m_pipe ? m_pipe->encode(output) : output);
    }
    if (m_pipe && m_pipe->hasControl()) {
        m_socket->write(m_pipe->takeControl());
        m_closeSent = m_pipe->isClosing();
    }
}

qint64 NodeSession::waitingForClient() const
{
    return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
}

void NodeSession::updateStalled()
{
    const bool stalled = m_blackHole || waitingForClient() > (m_stalled ? WriteLowMark : WriteHighMark);
    if (std::exchange(m_stalled, stalled) == stalled)
        return;
    for (NodePair *pair : std::as_const(m_pairs))
        pair->setStalled(stalled);
}

bool NodeSession::mustPause() const
{
    qsizetype early = 0;
    for (const EarlyData &data : m_early)
        early += data.bytes.size();
    return early > MaxEarly
        || std::any_of(m_pairs.begin(), m_pairs.end(), [](const NodePair *pair) { return pair->isOverfull(); });
}

void NodeSession::resetPairs()
{
    for (auto it = m_pairs.cbegin(); it != m_pairs.cend(); ++it) {
        m_spdy.resetStream(it.key(), Spdy::ResetStatus::Cancel);
        m_spdy.resetStream(it.value()->streams().errorStream, Spdy::ResetStatus::Cancel);
    }
    qDeleteAll(std::exchange(m_pairs, {}));
}

/// A program inside this process ends its connections itself; what is outside does not know that it has ended.
void NodeSession::programsEnded()
{
    if (std::holds_alternative<BuiltinTarget>(m_pod.target))
        return;
    const QList<NodePair *> pairs = m_pairs.values();
    for (NodePair *pair : pairs)
        pair->programEnded();
}

void NodeSession::disturb(Disturbance disturbance)
{
    switch (disturbance) {
    case Disturbance::GoAway:
        m_spdy.sendGoAway(Spdy::GoAwayStatus::Ok);
        return flush();
    case Disturbance::ResetStreams:
        resetPairs();
        return flush();
    case Disturbance::Close:
        return close();
    case Disturbance::Abort:
        break;
    }
    const linger now{1, 0}; // an RST instead of a FIN
    setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_socket->abort();
}

void NodeSession::setBlackHole(bool on)
{
    m_blackHole = on;
    if (on)
        return updateStalled();
    flush();
    onReadyRead();
}

void NodeSession::onIdle()
{
    resetPairs();
    m_spdy.sendGoAway(Spdy::GoAwayStatus::Ok);
    flush();
    close();
}

} // namespace Fairlead::Demo
