#pragma once

#include "core/support/clock.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace Fairlead::Forward {

/// Keeps many forwards from storming one API server: while it fails, one attempt at a time finds out whether it is
/// back, and upgrades start at a bounded rate at any time. One gate for all forwards of a manager, across their
/// threads; thread-safe. Servers are told apart by the string that the callers use for them.
class ServerGate final
{
    class Shared;

public:
    /// kubectl's own burst is 300 requests; an upgrade costs a server some ten milliseconds of one core. 200 forwards
    /// with ten programs each have to be connected before the first of them loses its patience (half a minute).
    static constexpr int UpgradesASecond = 200;
    static constexpr int UpgradeBurst = 300;

    /// The right to attempt. Tell how it went; destroyed without a word it counts as failed.
    class Pass final
    {
    public:
        Pass() = default;
        ~Pass();
        Pass(Pass &&other) noexcept;
        Pass &operator=(Pass &&other) noexcept;

        void succeeded();
        void failed();
        /// The attempt was given up before its outcome was known.
        void drop();

    private:
        friend class Shared;
        Pass(std::shared_ptr<Shared> gate, QString server);

        std::shared_ptr<Shared> m_gate; ///< null: told already
        QString m_server;
    };

    explicit ServerGate(int upgradesASecond = UpgradesASecond, int burst = UpgradeBurst,
                        const Clock &clock = SystemClock::instance());
    ~ServerGate();
    ServerGate(const ServerGate &) = delete;
    ServerGate &operator=(const ServerGate &) = delete;

    /// Calls `go` when its turn has come: queued, in `context`'s thread, not at all if `context` has died by then. Call
    /// this from that thread. A healthy server lets everyone through; after a failure one attempt at a time goes, in
    /// the order of asking, until one has succeeded.
    void enter(const QString &server, QObject *context, std::function<void(Pass)> go);
    /// Milliseconds that the caller's next upgrade to `server` has to wait; 0: it may start now. Each call takes a
    /// place in the line (a token bucket), so ask once an upgrade. Cheap.
    [[nodiscard]] int reserveUpgrade(const QString &server);

private:
    std::shared_ptr<Shared> m_shared; ///< passes keep it
};

} // namespace Fairlead::Forward
