#pragma once

#include "core/support/clock.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace Fairlead::Net {

/// Keeps many forwards from storming one API server: while it fails, one attempt at a time of each line finds out
/// whether it is back, and connections of their own (upgrades, watches) start at a bounded rate at any time. One gate
/// for all forwards of a manager, across their threads; thread-safe. Servers are told apart by the string that the
/// callers use for them.
class ServerGate final
{
    class Shared;

public:
    /// Who waits for whom. A watch that a gateway swallows must not keep forwards waiting whose tunnels would work, so
    /// the lines know nothing of each other's luck.
    enum class Line { Forwards, Watches };

    /// kubectl's own burst is 300 requests; a connection with its handshake costs a server some ten milliseconds of one
    /// core. 200 forwards with ten programs each have to be connected before the first of them loses its patience (half
    /// a minute).
    static constexpr int ConnectionsASecond = 200;
    static constexpr int ConnectionBurst = 300;

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
        Pass(std::shared_ptr<Shared> gate, QString server, Line line);

        std::shared_ptr<Shared> m_gate; ///< null: told already
        QString m_server;
        Line m_line = Line::Forwards;
    };

    explicit ServerGate(int connectionsASecond = ConnectionsASecond, int burst = ConnectionBurst,
                        const Clock &clock = SystemClock::instance());
    ~ServerGate();
    ServerGate(const ServerGate &) = delete;
    ServerGate &operator=(const ServerGate &) = delete;

    /// Calls `go` when its turn has come: queued, in `context`'s thread, not at all if `context` has died by then. Call
    /// this from that thread. A healthy server lets everyone through; after a failure one attempt at a time goes, in
    /// the order of asking, until one has succeeded.
    void enter(const QString &server, Line line, QObject *context, std::function<void(Pass)> go);
    /// Calls `back` when an attempt of this line has succeeded after one that failed: what waits for longer than that
    /// need not. Once, queued, in `context`'s thread, not at all if `context` has died by then; a later call for the
    /// same context takes the place of an earlier one. Call this from that thread.
    void whenBack(const QString &server, Line line, QObject *context, std::function<void()> back);
    /// Something that was running broke, as it does when the server goes: the next attempt of this line goes alone, and
    /// the others see how it went.
    void doubt(const QString &server, Line line);
    /// Milliseconds that the caller's next connection to `server` has to wait; 0: it may start now. Each call takes a
    /// place of both lines' common bucket of tokens, so ask once a connection. Cheap.
    [[nodiscard]] int reserveConnection(const QString &server);

private:
    std::shared_ptr<Shared> m_shared; ///< passes keep it
};

} // namespace Fairlead::Net
