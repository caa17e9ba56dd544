#include "core/forward/tunnel.h"

#include "core/forward/quietcut.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Fairlead::Forward {

namespace {
// One read; shared by all tunnels of a thread, so memory does not grow with them. Several SPDY frames fit.
constexpr qsizetype ReadBytes = 128 * 1024;
// Reads in a row before the other sockets of the thread get their turn.
constexpr int ReadsInARow = 4;

std::array<char, ReadBytes> &readBuffer()
{
    static thread_local std::array<char, ReadBytes> buffer;
    return buffer;
}

quint32 streamOf(const Spdy::Event &event)
{
    if (const auto *data = std::get_if<Spdy::DataReceived>(&event))
        return data->stream;
    if (const auto *reset = std::get_if<Spdy::StreamReset>(&event))
        return reset->stream;
    if (const auto *reply = std::get_if<Spdy::StreamReplied>(&event))
        return reply->stream;
    return 0;
}
} // namespace

TunnelPointer makeTunnel(Net::UpgradeTarget target, PingTimes pings, const Clock &clock)
{
    return {new Tunnel(std::move(target), pings, clock), [](Tunnel *tunnel) {
                tunnel->close();
                tunnel->deleteLater();
            }};
}

Tunnel::Tunnel(Net::UpgradeTarget target, PingTimes pings, const Clock &clock)
    : m_clock(clock)
    , m_credential(target.credential)
    , m_connection(new Net::UpgradedConnection(std::move(target), this))
    , m_session(Spdy::Role::Client)
    , m_pings(pings, clock.monotonicMs())
{
    connect(m_connection, &Net::UpgradedConnection::opened, this, &Tunnel::onOpened);
    connect(m_connection, &Net::UpgradedConnection::failed, this, [this](Net::UpgradeFailure failure) {
        m_state = State::Closed;
        failure.credential = m_credential;
        emit failed(failure);
    });
    connect(m_connection, &Net::UpgradedConnection::readable, this, &Tunnel::onReadable);
    connect(m_connection, &Net::UpgradedConnection::drained, this, &Tunnel::onDrained);
}

Tunnel::~Tunnel() = default;

void Tunnel::open()
{
    m_connection->open();
}

void Tunnel::onOpened()
{
    m_state = State::Open;
    m_openedAt = m_clock.monotonicMs();
    m_movedAt = m_openedAt;
    m_pings.heard(m_openedAt);
    m_connection->setReading(true);
    emit opened();
    tick(); // the first ping
}

std::vector<Tunnel::Seat>::iterator Tunnel::seatOf(const TunnelUser *user)
{
    return std::find_if(m_seats.begin(), m_seats.end(), [user](const Seat &seat) { return seat.user == user; });
}

void Tunnel::join(TunnelUser *user)
{
    m_seats.push_back({user, false, {}});
    ++m_served;
}

void Tunnel::leave(TunnelUser *user, const PairRemains &remains)
{
    const auto seat = seatOf(user);
    if (seat == m_seats.end()) // the tunnel was lost
        return;
    m_aside -= seat->asideSince.has_value();
    m_seats.erase(seat);
    m_leftAt = m_clock.monotonicMs();
    m_podGone = m_podGone || remains.podGone;
    m_uploadCut = m_uploadCut || remains.upload == UploadEnd::Cut;
    if (m_session.isKnown(remains.errorStream) || m_session.isKnown(remains.dataStream))
        m_remnants.push_back({remains.errorStream, remains.dataStream, m_leftAt});
    if (remains.upload == UploadEnd::Doubtful)
        beginProof();
    m_resting = isAtRest();
    updateReading();
}

void Tunnel::stepAside(TunnelUser *user)
{
    const auto seat = seatOf(user);
    if (seat == m_seats.end() || seat->asideSince)
        return;
    seat->asideSince = m_clock.monotonicMs();
    seat->holdsReading = false;
    ++m_aside;
    updateReading();
}

ReuseFacts Tunnel::reuseFacts() const
{
    const qint64 now = m_clock.monotonicMs();
    ReuseFacts facts;
    facts.usable = isUsable();
    facts.podGone = m_podGone;
    facts.uploadCut = m_uploadCut;
    facts.readingHeld = !m_reading;
    facts.unsent = !m_connection->allSent();
    facts.endsToCome = !m_remnants.empty() || !m_proofs.empty();
    facts.aside = m_aside;
    facts.served = m_served;
    const auto awaitedSince = [&facts, now](qint64 since) {
        facts.endsAwaitedMs = std::max(facts.endsAwaitedMs, now - since);
    };
    for (const Remnant &one : m_remnants)
        awaitedSince(one.since);
    for (const Seat &seat : m_seats) {
        if (seat.asideSince)
            awaitedSince(*seat.asideSince);
    }
    if (!m_proofs.empty())
        awaitedSince(m_proofAt);
    if (facts.unsent)
        awaitedSince(m_leftAt);
    return facts;
}

void Tunnel::beginProof()
{
    if (m_state != State::Open)
        return;
    m_proofAt = m_clock.monotonicMs();
    m_proofs.clear(); // older ones say nothing about what was sent since
    for (int i = 0; i < ProofPings; ++i)
        m_proofs.push_back(m_session.sendPing());
    flush();
}

bool Tunnel::isAtRest() const
{
    return m_remnants.empty() && m_proofs.empty() && m_connection->allSent();
}

void Tunnel::lookAtRemnants()
{
    std::erase_if(m_remnants, [this](const Remnant &one) {
        return !m_session.isKnown(one.errorStream) && !m_session.isKnown(one.dataStream);
    });
    if (isAtRest() && !std::exchange(m_resting, true))
        emit rested();
}

void Tunnel::flush(bool withPayload)
{
    if (m_state != State::Open || m_session.outputSize() == 0)
        return;
    if (withPayload)
        m_pings.uploaded();
    m_movedAt = m_clock.monotonicMs();
    m_connection->write(m_session.takeOutput());
}

void Tunnel::setReading(const TunnelUser *user, bool on)
{
    const auto seat = seatOf(user);
    if (seat == m_seats.end() || seat->holdsReading == !on || seat->asideSince)
        return;
    seat->holdsReading = !on;
    updateReading();
}

void Tunnel::updateReading()
{
    applyReading(std::none_of(m_seats.begin(), m_seats.end(), [](const Seat &seat) { return seat.holdsReading; }));
}

void Tunnel::applyReading(bool on)
{
    if (m_reading == on || m_state != State::Open)
        return;
    m_reading = on;
    m_pings.setReading(on, m_clock.monotonicMs());
    m_connection->setReading(on);
}

void Tunnel::onDrained()
{
    std::vector<TunnelUser *> users; // one may leave when it is told
    for (const Seat &seat : m_seats)
        users.push_back(seat.user);
    for (TunnelUser *user : users) {
        if (seatOf(user) != m_seats.end())
            user->tunnelDrained();
    }
    if (m_state == State::Open && !m_resting)
        lookAtRemnants();
}

void Tunnel::onReadable()
{
    for (int i = 0; i < ReadsInARow; ++i) {
        if (m_state != State::Open || !m_reading || !readOnce())
            return;
    }
}

/// False when there is nothing more to read now.
bool Tunnel::readOnce()
{
    auto &buffer = readBuffer();
    const Net::IoResult result = m_connection->read(buffer.data(), qsizetype(buffer.size()));
    switch (result.kind) {
    case Net::IoResult::Kind::Moved:
        m_movedAt = m_clock.monotonicMs();
        m_pings.heard(m_movedAt);
        m_session.receive(QByteArrayView(buffer.data(), result.bytes));
        dispatchEvents();
        flush();
        return true;
    case Net::IoResult::Kind::WouldBlock:
        return false;
    case Net::IoResult::Kind::End:
        lose(closedText(m_clock.monotonicMs() - m_movedAt, m_clock.monotonicMs() - m_openedAt));
        return false;
    case Net::IoResult::Kind::Failed:
        lose(tr("The connection to the server broke: %1.").arg(result.error));
        return false;
    }
    return false;
}

void Tunnel::dispatchEvents()
{
    // Events hold views of the buffer, so all of them are handled before the next read, even if the user has had
    // enough: its queue grows by one read at most.
    while (const auto event = m_session.nextEvent()) {
        handle(*event);
        if (m_state != State::Open)
            return;
    }
}

void Tunnel::handle(const Spdy::Event &event)
{
    if (const auto *pong = std::get_if<Spdy::PingAnswered>(&event))
        return onPong(pong->id);
    if (const auto *failure = std::get_if<Spdy::SessionFailed>(&event)) {
        flush();
        return lose(tr("The server broke the SPDY protocol: %1").arg(failure->text));
    }
    if (const quint32 stream = streamOf(event); stream != 0)
        route(event, stream);
    else if (!m_seats.empty())
        tellAll(event);
    else if (std::holds_alternative<Spdy::GoAwayReceived>(event))
        lose(tr("The server asked to close the connection."));
    if (!m_resting && m_state == State::Open)
        lookAtRemnants();
}

void Tunnel::onPong(quint32 id)
{
    m_pings.pingAnswered(id, m_clock.monotonicMs());
    if (m_pings.roundTripMs())
        emit roundTripMeasured(*m_pings.roundTripMs());
    if (std::erase(m_proofs, id) > 0)
        lookAtRemnants();
}

void Tunnel::route(const Spdy::Event &event, quint32 stream)
{
    for (std::size_t i = 0; i < m_seats.size(); ++i) {
        const std::size_t seat = (m_lastSeat + i) % m_seats.size();
        if (!m_seats[seat].user->ownsStream(stream))
            continue;
        m_lastSeat = seat;
        return m_seats[seat].user->sessionEvent(event); // it may leave; the list is not looked at any more
    }
}

void Tunnel::tellAll(const Spdy::Event &event)
{
    std::vector<TunnelUser *> users;
    for (const Seat &seat : m_seats)
        users.push_back(seat.user);
    for (TunnelUser *user : users) {
        if (seatOf(user) != m_seats.end())
            user->sessionEvent(event);
    }
}

void Tunnel::lose(const QString &text)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closed;
    m_connection->close();
    m_aside = 0;
    const std::vector<Seat> seats = std::exchange(m_seats, {});
    for (const Seat &seat : seats) // users die by queued calls only
        seat.user->tunnelLost(text);
    emit lost(text, !seats.empty());
}

void Tunnel::tick()
{
    if (m_state != State::Open)
        return;
    const qint64 now = m_clock.monotonicMs();
    switch (m_pings.advise(now, m_connection->peerIsSilent())) {
    case PingMonitor::Advice::Nothing:
        break;
    case PingMonitor::Advice::SendPing:
        m_pings.pingSent(m_session.sendPing(), now);
        flush();
        break;
    case PingMonitor::Advice::Dead:
        lose(tr("The server has not answered for some time."));
        break;
    }
}

void Tunnel::doubt()
{
    m_pings.doubt(m_clock.monotonicMs());
    tick();
}

void Tunnel::close()
{
    m_seats.clear();
    m_aside = 0;
    if (m_state == State::Open) {
        m_session.sendGoAway(Spdy::GoAwayStatus::Ok);
        flush();
    }
    m_state = State::Closed;
    m_connection->close();
}

} // namespace Fairlead::Forward
