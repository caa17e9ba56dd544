#include "core/forward/tunnel.h"

#include <array>

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
} // namespace

void TunnelDeleter::operator()(Tunnel *tunnel) const
{
    tunnel->close();
    tunnel->deleteLater();
}

Tunnel::Tunnel(Net::UpgradeTarget target, PingTimes pings, const Clock &clock)
    : m_clock(clock)
    , m_connection(new Net::UpgradedConnection(std::move(target), this))
    , m_session(Spdy::Role::Client)
    , m_pings(pings, clock.monotonicMs())
{
    connect(m_connection, &Net::UpgradedConnection::opened, this, &Tunnel::onOpened);
    connect(m_connection, &Net::UpgradedConnection::failed, this, [this](const Net::UpgradeFailure &failure) {
        m_state = State::Closed;
        emit failed(failure);
    });
    connect(m_connection, &Net::UpgradedConnection::readable, this, &Tunnel::onReadable);
    connect(m_connection, &Net::UpgradedConnection::drained, this, [this] {
        if (m_user)
            m_user->tunnelDrained();
    });
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
    m_pings.heard(m_openedAt);
    m_connection->setReading(true);
    emit opened();
    tick(); // the first ping
}

void Tunnel::setUser(TunnelUser *user)
{
    m_user = user;
    if (!user)
        setReading(true);
}

void Tunnel::flush(bool withPayload)
{
    if (m_state != State::Open || m_session.outputSize() == 0)
        return;
    if (withPayload)
        m_pings.uploaded();
    m_connection->write(m_session.takeOutput());
}

void Tunnel::setReading(bool on)
{
    if (m_reading == on || m_state != State::Open)
        return;
    m_reading = on;
    m_pings.setReading(on, m_clock.monotonicMs());
    m_connection->setReading(on);
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
        m_pings.heard(m_clock.monotonicMs());
        m_session.receive(QByteArrayView(buffer.data(), result.bytes));
        dispatchEvents();
        flush();
        return true;
    case Net::IoResult::Kind::WouldBlock:
        return false;
    case Net::IoResult::Kind::End:
        lose(tr("The server closed the connection."));
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
    if (const auto *pong = std::get_if<Spdy::PingAnswered>(&event)) {
        m_pings.pingAnswered(pong->id, m_clock.monotonicMs());
        if (m_pings.roundTripMs())
            emit roundTripMeasured(*m_pings.roundTripMs());
        return;
    }
    if (const auto *failure = std::get_if<Spdy::SessionFailed>(&event)) {
        flush();
        lose(tr("The server broke the SPDY protocol: %1").arg(failure->text));
        return;
    }
    if (m_user)
        m_user->sessionEvent(event);
    else if (std::holds_alternative<Spdy::GoAwayReceived>(event))
        lose(tr("The server asked to close the connection."));
}

void Tunnel::lose(const QString &text)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closed;
    m_connection->close();
    if (TunnelUser *user = std::exchange(m_user, nullptr))
        user->tunnelLost(text);
    emit lost(text);
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
    m_user = nullptr;
    if (m_state == State::Open) {
        m_session.sendGoAway(Spdy::GoAwayStatus::Ok);
        flush();
    }
    m_state = State::Closed;
    m_connection->close();
}

} // namespace Fairlead::Forward
