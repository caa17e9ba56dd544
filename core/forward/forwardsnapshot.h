#pragma once

#include "core/forward/forwardspec.h"
#include "core/net/transport.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

/// Values that cross from the I/O threads to whoever shows them.
namespace Fairlead::Forward {
Q_NAMESPACE

enum class State { Stopped, Starting, Running, WaitingForPod, Reconnecting, SignInNeeded, Failed };
Q_ENUM_NS(State)

/// The state's word, translated ("Waiting for pod").
[[nodiscard]] QString stateText(State state);

/// Keeps local ports open or tries to: anything that stopping has work with.
[[nodiscard]] constexpr bool isActive(State state)
{
    return state != State::Stopped && state != State::Failed;
}

/// "SPDY" or "WebSocket"; names, not translated.
[[nodiscard]] QString transportText(Net::Transport transport);

/// Why a state is what it is. `text` is a sentence for people; `detail` the server's or system's own words.
struct Reason {
    QString text;
    QString detail;
    QDateTime since;
    std::optional<QDateTime> nextTry; ///< when the engine tries again by itself
    QString kubectlText; ///< the line that kubectl prints for it, with its "error: "; may be empty. Not translated.
    QString advice = {}; ///< what would help: sentences, shell commands on lines of their own; may be empty

    bool operator==(const Reason &) const = default;
};

/// "Down" is pod to program, "up" is program to pod: bytes delivered to, and taken from, the local socket.
struct Traffic {
    quint64 bytesDown = 0;
    quint64 bytesUp = 0;
    double rateDown = 0; ///< bytes per second over the last second or so
    double rateUp = 0;

    bool operator==(const Traffic &) const = default;
};

/// One listening address of one port.
struct ListenerStatus {
    QString address; ///< "127.0.0.1", "::1"
    quint16 port = 0;
    QString error; ///< a sentence for people; empty: it listens
    int systemError = 0; ///< errno behind `error`, for those who print the system's words

    bool operator==(const ListenerStatus &) const = default;
};

struct PortSnapshot {
    quint16 localPort = 0; ///< what it listens on now (or will, when not random)
    quint16 remotePort = 0;
    QString name;
    QList<ListenerStatus> listeners;
    Traffic traffic;
    int openConnections = 0;
    quint64 totalConnections = 0;

    bool operator==(const PortSnapshot &) const = default;
};

struct ForwardSnapshot {
    ForwardId id = 0;
    ForwardSpec spec;
    State state = State::Stopped;
    Reason reason;
    QList<PortSnapshot> ports;
    Traffic traffic;
    int openConnections = 0;
    quint64 totalConnections = 0;
    std::optional<QDateTime> lastActivity;
    std::optional<int> roundTripMs;
    std::optional<Net::Transport> transport; ///< of the tunnel that came up last
    QStringList pods; ///< that serve now; more than one with PodPolicy::RoundRobin
    int waitingConnections = 0; ///< held until there is a tunnel
    int reconnects = 0; ///< how often it has come back since the user started it
    QList<double> rateHistory; ///< rateDown + rateUp, one value a second, newest last, at most 60

    bool operator==(const ForwardSnapshot &) const = default;
};

enum class ConnectionEnd {
    Open, ///< still running
    ByProgram, ///< the local program closed it
    ByPod, ///< the pod's side closed it
    ResetLocal, ///< the local program reset it
    ResetByPod, ///< the pod reset it
    Refused, ///< nothing listens on that port in the pod
    PodGone, ///< the pod is gone
    TunnelLost, ///< the connection to the API server broke
    NoTunnel, ///< no tunnel could be had
    Error, ///< any other text on the error stream
    Stopped ///< the user stopped the forward
};
Q_ENUM_NS(ConnectionEnd)

struct ConnectionSnapshot {
    quint64 id = 0; ///< unique in its forward
    QString peerAddress;
    quint16 peerPort = 0;
    quint16 localPort = 0;
    quint16 remotePort = 0;
    QString pod; ///< the pod that serves it; empty while it waits for one
    QDateTime opened;
    std::optional<QDateTime> closed;
    qint64 durationMs = 0;
    Traffic traffic;
    ConnectionEnd end = ConnectionEnd::Open;
    QString endText; ///< one sentence for people, translated
    QString endDetail; ///< the runtime's own words

    bool operator==(const ConnectionSnapshot &) const = default;
};

struct LogLine {
    QDateTime time;
    enum class Level { Info, Warning, Error } level = Level::Info;
    QString text;

    bool operator==(const LogLine &) const = default;
};

} // namespace Fairlead::Forward

Q_DECLARE_METATYPE(Fairlead::Forward::ForwardSnapshot)
Q_DECLARE_METATYPE(Fairlead::Forward::ConnectionSnapshot)
Q_DECLARE_METATYPE(Fairlead::Forward::LogLine)
