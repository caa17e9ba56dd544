#include "core/forward/servergate.h"

#include <QHash>

#include <algorithm>
#include <deque>
#include <mutex>
#include <utility>

namespace Fairlead::Forward {

namespace {
constexpr qint64 MicrosASecond = 1'000'000;
} // namespace

/// What all threads see.
class ServerGate::Shared final : public std::enable_shared_from_this<Shared>
{
public:
    using Go = std::function<void(Pass)>;

    Shared(int upgradesASecond, int burst, const Clock &clock)
        : m_clock(clock)
        , m_intervalUs(MicrosASecond / std::max(1, upgradesASecond))
        , m_burstUs((std::max(1, burst) - 1) * m_intervalUs)
    {
    }

    void enter(const QString &server, QObject *context, Go go);
    int reserveUpgrade(const QString &server);
    enum class Outcome { Succeeded, Failed, Dropped };
    void settle(const QString &server, Outcome outcome);

private:
    /// Somebody who asked and has not been called yet.
    struct Waiter {
        QObject *context; ///< alive as long as this is in the line: `gone` takes it out
        Go go;
        QMetaObject::Connection gone;
    };
    using WaiterPointer = std::shared_ptr<Waiter>;
    struct Server {
        bool healthy = true;
        int attempts = 0; ///< passes that are out
        std::deque<WaiterPointer> line;
        qint64 nextUpgradeUs = 0; ///< when a bucket without burst would let the next one go
    };

    void post(const QString &server, const WaiterPointer &waiter);
    void letGo(const QString &name, Server &server);
    void forget(const QString &server, const Waiter *waiter);

    const Clock &m_clock;
    const qint64 m_intervalUs;
    const qint64 m_burstUs;
    // Recursive: a context may die in its thread while we post to it, and then the last reference to what we post is
    // ours, and with it the pass that comes back here.
    std::recursive_mutex m_mutex;
    QHash<QString, Server> m_servers;
};

void ServerGate::Shared::enter(const QString &server, QObject *context, Go go)
{
    const auto waiter = std::make_shared<Waiter>(Waiter{context, std::move(go), {}});
    // `destroyed` comes while events can still be posted to the context, and waits for the lock: so whoever holds it
    // may post to every context in the line.
    waiter->gone = QObject::connect(
        context, &QObject::destroyed, context,
        [gate = weak_from_this(), server, key = waiter.get()] {
            if (const auto self = gate.lock())
                self->forget(server, key);
        },
        Qt::DirectConnection);
    const std::lock_guard lock(m_mutex);
    Server &entry = m_servers[server];
    entry.line.push_back(waiter);
    letGo(server, entry);
}

void ServerGate::Shared::letGo(const QString &name, Server &server)
{
    while (!server.line.empty() && (server.healthy || server.attempts == 0)) {
        const WaiterPointer waiter = std::move(server.line.front());
        server.line.pop_front();
        ++server.attempts;
        post(name, waiter);
    }
}

void ServerGate::Shared::post(const QString &server, const WaiterPointer &waiter)
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
    delivery->pass = Pass(shared_from_this(), server);
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

void ServerGate::Shared::forget(const QString &server, const Waiter *waiter)
{
    WaiterPointer gone; // dies after the lock
    const std::lock_guard lock(m_mutex);
    auto &line = m_servers[server].line;
    const auto found =
        std::find_if(line.begin(), line.end(), [waiter](const WaiterPointer &one) { return one.get() == waiter; });
    if (found == line.end())
        return;
    gone = std::move(*found);
    line.erase(found);
}

void ServerGate::Shared::settle(const QString &name, Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    Server &server = m_servers[name];
    --server.attempts;
    if (outcome != Outcome::Dropped)
        server.healthy = outcome == Outcome::Succeeded;
    letGo(name, server);
}

int ServerGate::Shared::reserveUpgrade(const QString &server)
{
    const qint64 now = m_clock.monotonicMs() * 1'000;
    const std::lock_guard lock(m_mutex);
    qint64 &next = m_servers[server].nextUpgradeUs;
    next = std::max(next, now);
    const qint64 wait = std::max<qint64>(0, next - m_burstUs - now);
    next += m_intervalUs;
    return int((wait + 999) / 1'000);
}

ServerGate::Pass::Pass(std::shared_ptr<Shared> gate, QString server)
    : m_gate(std::move(gate))
    , m_server(std::move(server))
{
}

ServerGate::Pass::Pass(Pass &&other) noexcept
    : m_gate(std::move(other.m_gate))
    , m_server(std::move(other.m_server))
{
}

ServerGate::Pass &ServerGate::Pass::operator=(Pass &&other) noexcept
{
    if (this != &other) {
        failed();
        m_gate = std::move(other.m_gate);
        m_server = std::move(other.m_server);
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
        gate->settle(m_server, Shared::Outcome::Succeeded);
}

void ServerGate::Pass::failed()
{
    if (const auto gate = std::exchange(m_gate, nullptr))
        gate->settle(m_server, Shared::Outcome::Failed);
}

void ServerGate::Pass::drop()
{
    if (const auto gate = std::exchange(m_gate, nullptr))
        gate->settle(m_server, Shared::Outcome::Dropped);
}

ServerGate::ServerGate(int upgradesASecond, int burst, const Clock &clock)
    : m_shared(std::make_shared<Shared>(upgradesASecond, burst, clock))
{
}

ServerGate::~ServerGate() = default;

void ServerGate::enter(const QString &server, QObject *context, std::function<void(Pass)> go)
{
    m_shared->enter(server, context, std::move(go));
}

int ServerGate::reserveUpgrade(const QString &server)
{
    return m_shared->reserveUpgrade(server);
}

} // namespace Fairlead::Forward
