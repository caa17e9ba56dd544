#include "tests/bench/compare/delayline.h"

#include "tests/bench/compare/wire.h"

#include <algorithm>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>

namespace Fairlead::Bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t MostUnderWay = 16 * 1024 * 1024; // bytes a direction; more than any window here
constexpr size_t ReadBytes = 256 * 1024;

struct Parcel {
    Clock::time_point due;
    std::string bytes; ///< empty: the end of input
};

/// One direction of one connection.
class Direction
{
public:
    Direction(Wire &from, Wire &to, std::chrono::nanoseconds delay, Clock::time_point notBefore)
        : m_from(from)
        , m_to(to)
        , m_delay(delay)
        , m_notBefore(notBefore)
    {
    }

    [[nodiscard]] bool wantsToRead() const { return !m_ended && m_underWay < MostUnderWay; }
    [[nodiscard]] bool isBlocked() const { return m_blocked; }
    [[nodiscard]] bool isOver() const { return m_ended && m_parcels.empty(); }

    [[nodiscard]] std::optional<Clock::time_point> nextDue() const
    {
        if (m_parcels.empty() || m_blocked)
            return std::nullopt;
        return m_parcels.front().due;
    }

    /// False when the connection has failed.
    [[nodiscard]] bool read()
    {
        static std::vector<char> buffer(ReadBytes);
        const ssize_t got = m_from.read(buffer.data(), buffer.size());
        if (got == Wire::Again)
            return true;
        if (got == Wire::Failed)
            return false;
        m_ended = got == 0;
        m_underWay += static_cast<size_t>(got);
        m_parcels.push_back(
            {std::max(Clock::now(), m_notBefore) + m_delay, std::string(buffer.data(), static_cast<size_t>(got))});
        return true;
    }

    [[nodiscard]] bool deliver(Clock::time_point now)
    {
        m_blocked = false;
        while (!m_parcels.empty() && m_parcels.front().due <= now) {
            std::string &bytes = m_parcels.front().bytes;
            if (bytes.empty()) {
                ::shutdown(m_to.descriptor(), SHUT_WR);
                m_parcels.pop_front();
                continue;
            }
            const ssize_t sent = m_to.write(bytes.data(), bytes.size());
            if (sent == Wire::Failed)
                return false;
            m_blocked = sent == Wire::Again;
            if (m_blocked)
                return true;
            m_underWay -= static_cast<size_t>(sent);
            bytes.erase(0, static_cast<size_t>(sent));
            if (bytes.empty())
                m_parcels.pop_front();
        }
        return true;
    }

private:
    Wire &m_from;
    Wire &m_to;
    std::chrono::nanoseconds m_delay;
    Clock::time_point m_notBefore;
    std::deque<Parcel> m_parcels;
    size_t m_underWay = 0;
    bool m_ended = false;
    bool m_blocked = false;
};

struct Connection {
    Connection(std::unique_ptr<Wire> nearEnd, std::unique_ptr<Wire> farEnd, std::chrono::nanoseconds roundTrip)
        : near(std::move(nearEnd))
        , far(std::move(farEnd))
        , up(*near, *far, roundTrip / 2, Clock::now() + roundTrip)
        , down(*far, *near, roundTrip / 2, Clock::time_point::min())
    {
    }

    std::unique_ptr<Wire> near;
    std::unique_ptr<Wire> far;
    Direction up;
    Direction down;
    bool failed = false;
};

short events(const Direction &readsFrom, const Direction &writesTo)
{
    return static_cast<short>((readsFrom.wantsToRead() ? POLLIN : 0) | (writesTo.isBlocked() ? POLLOUT : 0));
}

/// An ended connection reports POLLHUP even if asked for nothing; without this its last bytes would be waited for
/// busily.
pollfd watch(const Wire &wire, short wanted)
{
    return {wanted != 0 ? wire.descriptor() : -1, wanted, 0};
}

void moveBytes(Connection &connection, short nearEvents, short farEvents)
{
    constexpr short Readable = POLLIN | POLLHUP | POLLERR;
    const Clock::time_point now = Clock::now();
    bool good = true;
    if ((nearEvents & Readable) && connection.up.wantsToRead())
        good = connection.up.read();
    if (good && (farEvents & Readable) && connection.down.wantsToRead())
        good = connection.down.read();
    good = good && connection.up.deliver(now) && connection.down.deliver(now);
    connection.failed = !good || ((nearEvents | farEvents) & POLLERR) != 0;
}

std::optional<timespec> untilNextDue(const std::list<Connection> &connections)
{
    std::optional<Clock::time_point> next;
    for (const Connection &connection : connections)
        for (const Direction *direction : {&connection.up, &connection.down})
            if (const auto due = direction->nextDue(); due && (!next || *due < *next))
                next = due;
    if (!next)
        return std::nullopt;
    const auto left = std::max(*next - Clock::now(), Clock::duration::zero());
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(left);
    return timespec{.tv_sec = whole.count(), .tv_nsec = std::chrono::nanoseconds(left - whole).count()};
}

} // namespace

uint16_t DelayLine::add(uint16_t target)
{
    uint16_t port = 0;
    const int listener = listenLocally(port);
    if (listener < 0)
        return 0;
    m_ends.push_back({listener, target});
    return port;
}

void DelayLine::run()
{
    ::prctl(PR_SET_TIMERSLACK, 1UL); // the default adds up to 50 us to each delay
    std::list<Connection> connections;
    std::vector<pollfd> polled;
    for (;;) {
        polled.clear();
        for (const End &end : m_ends)
            polled.push_back({end.listener, POLLIN, 0});
        for (const Connection &connection : connections) {
            polled.push_back(watch(*connection.near, events(connection.up, connection.down)));
            polled.push_back(watch(*connection.far, events(connection.down, connection.up)));
        }
        const std::optional<timespec> patience = untilNextDue(connections);
        ::ppoll(polled.data(), polled.size(), patience ? &*patience : nullptr, nullptr);
        auto entry = polled.begin() + static_cast<std::ptrdiff_t>(m_ends.size());
        for (Connection &connection : connections) {
            const short near = (entry++)->revents;
            moveBytes(connection, near, (entry++)->revents);
        }
        connections.remove_if(
            [](const Connection &one) { return one.failed || (one.up.isOver() && one.down.isOver()); });
        for (size_t i = 0; i < m_ends.size(); ++i) {
            if (!(polled[i].revents & POLLIN))
                continue;
            const int descriptor = ::accept4(m_ends[i].listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (auto far = descriptor < 0 ? nullptr : connectLocally(m_ends[i].target))
                connections.emplace_back(std::make_unique<Wire>(descriptor), std::move(far), m_roundTrip);
            else if (descriptor >= 0)
                Wire{descriptor}; // closes it
        }
    }
}

} // namespace Fairlead::Bench
