#include "core/net/servergate.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <mutex>
#include <utility>

namespace Fairlead::Net {

namespace {
constexpr qint64 MicrosASecond = 1'000'000;
} // namespace

/// What all threads see.
class ServerGate::Shared final : public std::enable_shared_from_this<Shared>
{
public:
    using Go = std::function<void(Pass)>;

    Shared(int connectionsASecond, int burst, const Clock &clock)
        : m_clock(clock)
        , m_intervalUs(MicrosASecond / std::max(1, connectionsASecond))
        , m_burstUs((std::max(1, burst) - 1) * m_intervalUs)
    {
    }

    void enter(const QString &server, Line line, QObject *context, Go go);
    void whenBack(const QString &server, Line line, QObject *context, std::function<void()> back);
    void doubt(const QString &server, Line line);
    int reserveConnection(const QString &server);
    enum class Outcome { Succeeded, Failed, Dropped };
    void settle(const QString &server, Line line, Outcome outcome);

private:
    /// Somebody who asked and has not been called yet.
    struct Waiter {
        QObject *context; ///< alive as long as this is in the line: `gone` takes it out
        Go go;
        QMetaObject::Connection gone;
    };
    using WaiterPointer = std::shared_ptr<Waiter>;
    struct Queue {
        bool healthy = true;
        int attempts = 0; ///< passes that are out
        std::deque<WaiterPointer> waiters;
        std::deque<WaiterPointer> patient; ///< get into the line when the server is back
    };
    struct Server {
        std::array<Queue, 2> queues; ///< by Line
        qint64 nextConnectionUs = 0; ///< when a bucket without burst would let the next one go
    };

    [[nodiscard]] Queue &queue(const QString &server, Line line) { return m_servers[server].queues[size_t(line)]; }
    [[nodiscard]] WaiterPointer makeWaiter(const QString &server, Line line, QObject *context, Go go);
    void post(const QString &server, Line line, const WaiterPointer &waiter);
    void letGo(const QString &server, Line line);
    void forget(const QString &server, Line line, const Waiter *waiter);

    const Clock &m_clock;
    const qint64 m_intervalUs;
    const qint64 m_burstUs;
    // Recursive: a context may die in its thread while we post to it, and then the last reference to what we post is
    // ours, and with it the pass that comes back here.
    std::recursive_mutex m_mutex;
    QHash<QString, Server> m_servers;
};

auto ServerGate::Shared::makeWaiter(const QString &server, Line line, QObject *context, Go go) -> WaiterPointer
{
    const auto waiter = std::make_shared<Waiter>(Waiter{context, std::move(go), {}});
    // `destroyed` comes while events can still be posted to the context, and waits for the lock: so whoever holds it
    // may post to every context in the line.
    waiter->gone = QObject::connect(
        context, &QObject::destroyed, context,
        [gate = weak_from_this(), server, line, key = waiter.get()] {
            if (const auto self = gate.lock())
                self->forget(server, line, key);
        },
        Qt::DirectConnection);
    return waiter;
}

void ServerGate::Shared::enter(const QString &server, Line line, QObject *context, Go go)
{
    const WaiterPointer waiter = makeWaiter(server, line, context, std::move(go));
    const std::lock_guard lock(m_mutex);
    queue(server, line).waiters.push_back(waiter);
    letGo(server, line);
}

void ServerGate::Shared::whenBack(const QString &server, Line line, QObject *context, std::function<void()> back)
{
    const WaiterPointer waiter = makeWaiter(server, line, context, [back = std::move(back)](Pass pass) {
        pass.drop(); // they ask for one when they begin
        back();
    });
    WaiterPointer former; // dies after the lock
    const std::lock_guard lock(m_mutex);
    auto &patient = queue(server, line).patient;
    const auto found =
        std::find_if(patient.begin(), patient.end(), [context](const auto &one) { return one->context == context; });
    if (found == patient.end())
        return patient.push_back(waiter);
    former = std::exchange(*found, waiter);
    QObject::disconnect(former->gone);
}

void ServerGate::Shared::letGo(const QString &server, Line line)
{
    Queue &mine = queue(server, line);
    while (!mine.waiters.empty() && (mine.healthy || mine.attempts == 0)) {
        const WaiterPointer waiter = std::move(mine.waiters.front());
        mine.waiters.pop_front();
        ++mine.attempts;
        post(server, line, waiter);
    }
}

void ServerGate::Shared::post(const QString &server, Line line, const WaiterPointer &waiter)
{
    QObject::disconnect(waiter->gone);
    // If the context dies first, the event dies with it, and the pass tells that by itself.
    struct Delivery {
        Pass pass;
        Go go;
        bool made = false;
        ~Delivery()
        {
            if (!made)
                pass.drop();
        }
    };
    auto delivery = std::make_shared<Delivery>();
    delivery->pass = Pass(shared_from_this(), server, line);
    delivery->go = std::move(waiter->go);
    QMetaObject::invokeMethod(
        waiter->context,
        [delivery] {
            delivery->made = true;
            const Go call = std::move(delivery->go); // what it holds dies in this thread
            call(std::move(delivery->pass));
        },
        Qt::QueuedConnection);
}

void ServerGate::Shared::forget(const QString &server, Line line, const Waiter *waiter)
{
    WaiterPointer gone; // dies after the lock
    const std::lock_guard lock(m_mutex);
    Queue &mine = queue(server, line);
    for (auto *list : {&mine.waiters, &mine.patient}) {
        const auto found =
            std::find_if(list->begin(), list->end(), [waiter](const auto &one) { return one.get() == waiter; });
        if (found == list->end())
            continue;
        gone = std::move(*found);
        list->erase(found);
        return;
    }
}

void ServerGate::Shared::settle(const QString &server, Line line, Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    Queue &mine = queue(server, line);
    --mine.attempts;
    const bool wasHealthy = mine.healthy;
    if (outcome != Outcome::Dropped)
        mine.healthy = outcome == Outcome::Succeeded;
    if (mine.healthy && !wasHealthy) {
        std::move(mine.patient.begin(), mine.patient.end(), std::back_inserter(mine.waiters));
        mine.patient.clear();
    }
    letGo(server, line);
}

void ServerGate::Shared::doubt(const QString &server, Line line)
{
    const std::lock_guard lock(m_mutex);
    queue(server, line).healthy = false;
}

int ServerGate::Shared::reserveConnection(const QString &server)
{
    const qint64 now = m_clock.monotonicMs() * 1'000;
    const std::lock_guard lock(m_mutex);
    qint64 &next = m_servers[server].nextConnectionUs;
    next = std::max(next, now);
    const qint64 wait = std::max<qint64>(0, next - m_burstUs - now);
    next += m_intervalUs;
    return int((wait + 999) / 1'000);
}

ServerGate::Pass::Pass(std::shared_ptr<Shared> gate, QString server, Line line)
    : m_gate(std::move(gate))
    , m_server(std::move(server))
    , m_line(line)
{
}

ServerGate::Pass::Pass(Pass &&other) noexcept
    : m_gate(std::move(other.m_gate))
    , m_server(std::move(other.m_server))
    , m_line(other.m_line)
{
}

ServerGate::Pass &ServerGate::Pass::operator=(Pass &&other) noexcept
{
    if (this != &other) {
        failed();
        m_gate = std::move(other.m_gate);
        m_server = std::move(other.m_server);
        m_line = other.m_line;
    }
    return *this;
}

ServerGate::Pass::~Pass()
{
    failed();
}

void ServerGate::Pass::succeeded()
{
    if (const auto gate = std::exchange(m_gate, nullptr))
        gate->settle(m_server, m_line, Shared::Outcome::Succeeded);
}

void ServerGate::Pass::failed()
{
    if (const auto gate = std::exchange(m_gate, nullptr))
        gate->settle(m_server, m_line, Shared::Outcome::Failed);
}

void ServerGate::Pass::drop()
{
    if (const auto gate = std::exchange(m_gate, nullptr))
        gate->settle(m_server, m_line, Shared::Outcome::Dropped);
}

ServerGate::ServerGate(int connectionsASecond, int burst, const Clock &clock)
    : m_shared(std::make_shared<Shared>(connectionsASecond, burst, clock))
{
}

ServerGate::~ServerGate() = default;

void ServerGate::enter(const QString &server, Line line, QObject *context, std::function<void(Pass)> go)
{
    m_shared->enter(server, line, context, std::move(go));
}

void ServerGate::whenBack(const QString &server, Line line, QObject *context, std::function<void()> back)
{
    m_shared->whenBack(server, line, context, std::move(back));
}

void ServerGate::doubt(const QString &server, Line line)
{
    m_shared->doubt(server, line);
}

int ServerGate::reserveConnection(const QString &server)
{
    return m_shared->reserveConnection(server);
}

} // namespace Fairlead::Net
