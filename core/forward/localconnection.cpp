#include "core/forward/localconnection.h"

#include "core/forward/connectiontexts.h"
#include "core/forward/peerprobe.h"
#include "core/net/plainstream.h"
#include "core/net/socketcalls.h"

#include <array>

namespace Fairlead::Forward {

namespace {
// One read from the program: two SPDY frames, with whose headers it fills four TLS records to the last byte. A few
// bytes more would cost a record and a send of their own each time. Shared by all connections of a thread.
constexpr qsizetype FrameHeaderBytes = 8;
constexpr qsizetype ReadBytes = 64 * 1024 - 2 * FrameHeaderBytes;
// Reads in a row before the other sockets of the thread get their turn.
constexpr int ReadsInARow = 4;
// How long a connection of a pod that is gone may be silent.
constexpr qint64 SilentAfterPodMs = 5'000;
// What a program sends before a pod's answer is kept up to this, for another pod in case the first one refuses.
constexpr qsizetype KeptBytes = 64 * 1024;
constexpr int MostRetries = 3;
// After the pod's end the program has this long to close; its last bytes are read and dropped meanwhile, since closing
// with unread bytes would send RST and could take the answer's last bytes with it.
constexpr qint64 LingerMs = 30'000;

std::array<char, ReadBytes> &readBuffer()
{
    static thread_local std::array<char, ReadBytes> buffer;
    return buffer;
}

Net::StreamSocket *makeSocket(Net::Descriptor descriptor, QObject *parent)
{
    const int fd = descriptor.get();
    return new Net::StreamSocket(std::move(descriptor), std::make_unique<Net::PlainStream>(fd), parent);
}
} // namespace

LocalConnection::LocalConnection(quint64 id, AcceptedSocket socket, quint16 localPort, quint16 remotePort,
                                 PortForward::PairTimes times, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_times(times)
    , m_clock(clock)
    , m_local(makeSocket(std::move(socket.descriptor), this))
    , m_acceptedAt(clock.monotonicMs())
{
    m_info.id = id;
    m_info.peerAddress = socket.peerAddress;
    m_info.peerPort = socket.peerPort;
    m_info.localPort = localPort;
    m_info.remotePort = remotePort;
    m_info.opened = clock.now();
    connect(m_local, &Net::StreamSocket::readable, this, &LocalConnection::onLocalReadable);
    connect(m_local, &Net::StreamSocket::drained, this, [this] {
        updateBackPressure();
        continueDelivery();
    });
    // Queued: it may come from inside a write that a session event asked for.
    connect(m_local, &Net::StreamSocket::writeFailed, this, &LocalConnection::programGone, Qt::QueuedConnection);
}

LocalConnection::~LocalConnection()
{
    releaseTunnel();
}

ConnectionSnapshot LocalConnection::snapshot() const
{
    ConnectionSnapshot result = m_info;
    result.traffic = m_meter.traffic();
    result.traffic.bytesDown = m_local->bytesWritten();
    result.traffic.bytesUp = m_readWhileCopying;
    if (m_settled) { // a rate is of the last second; an ended connection has none
        result.traffic.rateDown = 0;
        result.traffic.rateUp = 0;
    }
    result.durationMs = (m_settled ? m_closedAt : m_clock.monotonicMs()) - m_acceptedAt;
    return result;
}

LocalConnection::Moved LocalConnection::takeMoved()
{
    const Moved total{m_local->bytesWritten(), m_readWhileCopying};
    const Moved fresh{total.down - m_reported.down, total.up - m_reported.up};
    m_reported = total;
    if (fresh.down > 0 || fresh.up > 0)
        m_movedAt = m_clock.monotonicMs();
    m_meter.add(fresh.down, fresh.up);
    return fresh;
}

void LocalConnection::tunnelReady(TunnelLease lease)
{
    if (m_phase != Phase::Waiting) // it gave up, and its owner has not heard of that yet
        return lease.giveBack({});
    m_tunnel = std::move(lease);
    m_phase = Phase::Copying;
    if (m_readWhileCopying > 0 || m_programEnded)
        openPairAgain();
    else
        openPair();
}

void LocalConnection::openPair()
{
    auto &buffer = readBuffer();
    const Net::IoResult first = m_local->read(buffer.data(), Spdy::MaxDataBody);
    if (first.kind == Net::IoResult::Kind::Failed)
        return settle(ConnectionEnd::ResetLocal, tr("The local program reset the connection."), first.error);
    m_pair.emplace(m_tunnel->session(), m_info.remotePort, QByteArray::number(m_info.id), m_times);
    m_readWhileCopying += quint64(first.bytes);
    keepForRetry({buffer.data(), first.bytes});
    if (!m_pair->open(QByteArrayView(buffer.data(), first.bytes), m_clock.monotonicMs()))
        return tunnelLost(tr("The server takes no more streams."));
    m_tunnel->flush(first.bytes > 0);
    m_local->setReading(true);
    if (first.kind == Net::IoResult::Kind::End)
        programEnded();
}

/// Another pod or tunnel did not want it: what the program said to that one is said to this one first.
void LocalConnection::openPairAgain()
{
    m_pair.emplace(m_tunnel->session(), m_info.remotePort, QByteArray::number(m_info.id), m_times);
    const QByteArray kept = m_kept;
    if (!m_pair->open(QByteArrayView(kept).first(qMin(kept.size(), Spdy::MaxDataBody)), m_clock.monotonicMs()))
        return tunnelLost(tr("The server takes no more streams."));
    if (kept.size() > Spdy::MaxDataBody)
        m_pair->sendData(QByteArrayView(kept).sliced(Spdy::MaxDataBody));
    m_tunnel->flush(!kept.isEmpty());
    if (m_programEnded)
        tellPairOfProgramsEnd();
    else
        m_local->setReading(true);
}

void LocalConnection::aimAt(const QString &podUid, const QString &podName, quint16 remotePort)
{
    m_podUid = podUid;
    m_info.pod = podName;
    m_info.remotePort = remotePort;
}

void LocalConnection::keepForRetry(QByteArrayView data)
{
    if (!m_mayRetry)
        return;
    if (m_kept.size() + data.size() > KeptBytes)
        giveUpRetrying();
    else
        m_kept.append(data);
}

void LocalConnection::giveUpRetrying()
{
    m_mayRetry = false;
    m_kept = {};
}

void LocalConnection::waitAgain()
{
    if (m_phase != Phase::Unserved)
        return;
    ++m_retries;
    m_info.end = ConnectionEnd::Open;
    m_info.endText.clear();
    m_info.endDetail.clear();
    m_info.pod.clear();
    m_pair.reset();
    m_phase = Phase::Waiting;
}

void LocalConnection::acceptEnd()
{
    if (m_phase == Phase::Unserved)
        deliver();
}

void LocalConnection::onLocalReadable()
{
    if (m_phase == Phase::Lingering || m_phase == Phase::Delivering)
        return discardFromProgram();
    for (int i = 0; i < ReadsInARow && m_phase == Phase::Copying && m_local->isReading(); ++i) {
        if (!copyUpOnce())
            return;
    }
}

/// False when there is nothing more to read now.
bool LocalConnection::copyUpOnce()
{
    auto &buffer = readBuffer();
    const Net::IoResult result = m_local->read(buffer.data(), qsizetype(buffer.size()));
    switch (result.kind) {
    case Net::IoResult::Kind::Moved:
        m_readWhileCopying += quint64(result.bytes);
        keepForRetry({buffer.data(), result.bytes});
        m_pair->sendData(QByteArrayView(buffer.data(), result.bytes));
        m_tunnel->flush(true);
        if (m_tunnel->isOverMark())
            m_local->setReading(false);
        return true;
    case Net::IoResult::Kind::WouldBlock:
        return false;
    case Net::IoResult::Kind::End:
        programEnded();
        return false;
    case Net::IoResult::Kind::Failed:
        programGone();
        return false;
    }
    return false;
}

void LocalConnection::tunnelDrained()
{
    if (m_phase == Phase::Copying && !m_programEnded)
        m_local->setReading(true);
}

void LocalConnection::programEnded()
{
    m_programEnded = true;
    m_local->setReading(false);
    tellPairOfProgramsEnd();
}

void LocalConnection::tellPairOfProgramsEnd()
{
    // A program that has closed waits for no answer, so the pod need not be kept waiting for its end either.
    m_programClosed = probePeer(m_local->descriptor()) == PeerState::Closed;
    apply(m_pair->programEnded(m_programClosed, m_clock.monotonicMs()));
    if (m_phase == Phase::Copying && m_programClosed)
        stepAside();
}

void LocalConnection::programGone()
{
    switch (m_phase) {
    case Phase::Waiting:
        settle(ConnectionEnd::ResetLocal, tr("The local program reset the connection."), {});
        break;
    case Phase::Copying:
        apply(m_pair->programGone());
        break;
    case Phase::Unserved:
    case Phase::Delivering: // the rest has no reader any more
    case Phase::Lingering:
        over();
        break;
    case Phase::Over:
        break;
    }
}

void LocalConnection::sessionEvent(const Spdy::Event &event)
{
    if (m_phase != Phase::Copying)
        return;
    m_neverSeen = wasNeverSeen(event);
    if (m_neverSeen)
        return apply(m_pair->tunnelLost(tr("The server asked to close the connection.")));
    apply(m_pair->handle(event, m_clock.monotonicMs()));
}

/// A GOAWAY names the last stream that was looked at (SPDY/3.1, 2.6.6).
bool LocalConnection::wasNeverSeen(const Spdy::Event &event) const
{
    const auto *goAway = std::get_if<Spdy::GoAwayReceived>(&event);
    return goAway && m_pair->dataStream() > goAway->lastGoodStream && !m_pair->isAccepted();
}

/// A pod that refused has given nothing to a program; nor has a node that no longer knows the pod, a tunnel that broke
/// before anything was said, or one whose server says that it looked at none of it.
bool LocalConnection::mayBeServedElsewhere(ConnectionEnd end) const
{
    if (!m_mayRetry || m_retries >= MostRetries)
        return false;
    if (end == ConnectionEnd::TunnelLost)
        return m_neverSeen || (m_readWhileCopying == 0 && !m_programEnded);
    return end == ConnectionEnd::Refused || end == ConnectionEnd::PodGone;
}

void LocalConnection::tunnelLost(const QString &text)
{
    if (m_phase == Phase::Copying)
        apply(m_pair->tunnelLost(text));
}

void LocalConnection::apply(const PortForward::PairStep &step)
{
    if (!step.payload.isEmpty()) {
        if (m_mayRetry)
            giveUpRetrying();
        m_local->write(step.payload);
        updateBackPressure();
    }
    if (step.endOfData)
        m_local->finishWriting();
    if (step.finished)
        return finishPair();
    m_tunnel->flush();
}

void LocalConnection::updateBackPressure()
{
    if (m_tunnel)
        m_tunnel->setReading(this, m_local->bytesToWrite() < UnsentMark);
}

void LocalConnection::finishPair()
{
    m_tunnel->flush();
    const EndWords words = wordsFor(*m_pair->end(), m_pair->text(), m_programEnded, m_info.remotePort);
    m_info.end = words.end;
    m_info.endText = words.text;
    m_info.endDetail = words.detail;
    releaseTunnel();
    if (words.end == ConnectionEnd::TunnelLost)
        emit tunnelBroke();
    if (*m_pair->end() == PortForward::PairEnd::ProgramGone)
        return over();
    if (mayBeServedElsewhere(words.end)) {
        m_phase = Phase::Unserved;
        m_local->setReading(false);
        QMetaObject::invokeMethod(this, &LocalConnection::unserved, Qt::QueuedConnection);
        return;
    }
    deliver();
}

void LocalConnection::deliver()
{
    m_phase = Phase::Delivering;
    continueDelivery();
}

/// What was received goes to the program before its end.
void LocalConnection::continueDelivery()
{
    if (m_phase != Phase::Delivering || !m_local->allSent())
        return;
    if (m_pair->isOrderly())
        return linger();
    // RST throws away what the program's kernel has not acknowledged yet.
    if (Net::unacknowledgedBytes(m_local->descriptor()) == 0)
        over();
}

void LocalConnection::linger()
{
    m_phase = Phase::Lingering;
    m_lingerUntil = m_clock.monotonicMs() + LingerMs;
    m_local->finishWriting();
    if (m_programEnded)
        return over();
    settle(m_info.end, m_info.endText, m_info.endDetail);
    m_local->setReading(true);
}

void LocalConnection::discardFromProgram()
{
    auto &buffer = readBuffer();
    for (int i = 0; i < ReadsInARow; ++i) {
        const Net::IoResult result = m_local->read(buffer.data(), qsizetype(buffer.size()));
        if (result.kind == Net::IoResult::Kind::WouldBlock)
            return;
        if (result.kind == Net::IoResult::Kind::Moved)
            continue;
        m_local->setReading(false);
        m_programEnded = true;
        if (m_phase == Phase::Lingering || result.kind == Net::IoResult::Kind::Failed)
            over();
        return;
    }
}

void LocalConnection::rejectFor(ConnectionEnd end, const QString &text, const QString &detail)
{
    m_info.end = end;
    m_info.endText = text;
    m_info.endDetail = detail;
    over();
}

void LocalConnection::stop()
{
    if (m_phase == Phase::Over)
        return;
    if (m_phase == Phase::Copying && m_pair) {
        (void)m_pair->programGone();
        m_tunnel->flush();
    }
    if (!m_settled) {
        m_info.end = ConnectionEnd::Stopped;
        m_info.endText = tr("The forward was stopped.");
        m_info.endDetail.clear();
    }
    over();
}

void LocalConnection::podIsGone()
{
    if (!m_podGoneAt)
        m_podGoneAt = m_clock.monotonicMs();
}

void LocalConnection::endWithPod()
{
    (void)m_pair->programGone();
    m_tunnel->flush();
    settle(ConnectionEnd::PodGone, tr("Its pod is gone."), {});
    over();
}

void LocalConnection::tick()
{
    const qint64 now = m_clock.monotonicMs();
    // A reset is not announced while nothing is read.
    if (m_phase != Phase::Over && !m_local->isReading() && Net::hasBeenReset(m_local->descriptor()))
        return programGone();
    if (m_phase == Phase::Copying) {
        m_tunnel->tick();
        if (m_phase != Phase::Copying) // the tick may have ended it
            return;
        if (m_programEnded && !m_programClosed)
            tellPairOfProgramsEnd();
        else
            apply(m_pair->tick(now));
        if (m_phase == Phase::Copying && m_programClosed)
            stepAside();
        const bool idle = m_podGoneAt && now - std::max(*m_podGoneAt, m_movedAt) >= SilentAfterPodMs;
        if (m_phase == Phase::Copying && idle && m_local->bytesToWrite() == 0)
            endWithPod();
    } else if (m_phase == Phase::Delivering) {
        continueDelivery();
    } else if (m_phase == Phase::Lingering && now >= m_lingerUntil) {
        over();
    }
}

void LocalConnection::settle(ConnectionEnd end, const QString &text, const QString &detail)
{
    if (m_settled)
        return;
    m_settled = true;
    m_info.end = end;
    m_info.endText = text;
    m_info.endDetail = detail;
    m_info.closed = m_clock.now();
    m_closedAt = m_clock.monotonicMs();
    QMetaObject::invokeMethod(this, &LocalConnection::closed, Qt::QueuedConnection);
    if (m_phase == Phase::Waiting || (m_phase == Phase::Copying && !m_pair))
        over();
}

void LocalConnection::over()
{
    if (m_phase == Phase::Over)
        return;
    m_phase = Phase::Over;
    releaseTunnel();
    const bool orderly = m_pair && m_pair->isOrderly() && m_info.end != ConnectionEnd::Stopped;
    if (orderly)
        m_local->close();
    else
        m_local->abort();
    settle(m_info.end, m_info.endText, m_info.endDetail);
    QMetaObject::invokeMethod(this, &LocalConnection::finished, Qt::QueuedConnection);
}

UploadFacts LocalConnection::uploadFacts() const
{
    // What came back is counted with what waits for the program: it left the pod in any case.
    const quint64 received = m_local->bytesWritten() + quint64(m_local->bytesToWrite());
    return {m_readWhileCopying, received, m_pair->isOrderly(), m_pair->isAccepted()};
}

void LocalConnection::stepAside()
{
    if (mayStepAside(uploadFacts(), m_pair->hasSentFin(), m_tunnel->unsentBytes() > 0))
        m_tunnel.stepAside();
}

void LocalConnection::releaseTunnel()
{
    if (!m_tunnel)
        return;
    if (!m_pair || m_pair->dataStream() == 0) // nothing was opened
        return m_tunnel.giveBack({});
    m_tunnel.giveBack({m_pair->errorStream(), m_pair->dataStream(), judgeUpload(uploadFacts()),
                       m_info.end == ConnectionEnd::PodGone});
}

void LocalConnection::doubt()
{
    if (m_tunnel)
        m_tunnel->doubt();
}

} // namespace Fairlead::Forward
