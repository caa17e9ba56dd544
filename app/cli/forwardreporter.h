#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QTextStream>

#include <memory>

namespace Fairlead::App {

/// Says what a forward on the command line does. One implementation prints kubectl's lines, one JSON objects.
/// `out` and `error` are standard output and standard error, or a test's strings. Every call flushes.
class ForwardReporter
{
public:
    virtual ~ForwardReporter() = default;
    virtual void listening(const Forward::PortSnapshot &port, const Forward::ListenerStatus &listener) = 0;
    /// None of the addresses that had to be bound could be (or an explicit one could not).
    virtual void unableToListen(const Forward::PortSnapshot &port) = 0;
    /// One address of several could not be bound; the port works on the others.
    virtual void partlyListening(const Forward::PortSnapshot &port, const Forward::ListenerStatus &listener) = 0;
    virtual void opened(const Forward::ConnectionSnapshot &connection) = 0;
    virtual void closed(const Forward::ConnectionSnapshot &connection) = 0;
    /// `transport`: what carries the tunnels, once one is there.
    virtual void stateChanged(Forward::State state, const Forward::Reason &reason,
                              std::optional<Net::Transport> transport) = 0;
    /// The forward ends because of this; `line` is what kubectl would print.
    virtual void failed(const QString &line) = 0;
};

/// `name`: of the forward, where there are several; empty where there is one.
[[nodiscard]] std::unique_ptr<ForwardReporter> makeTextReporter(QTextStream &out, QTextStream &error,
                                                                const QString &name = {});
[[nodiscard]] std::unique_ptr<ForwardReporter> makeJsonReporter(QTextStream &out, const QString &name = {});

/// "127.0.0.1:80", "[::1]:80".
[[nodiscard]] QString hostAndPort(const QString &address, quint16 port);

} // namespace Fairlead::App
