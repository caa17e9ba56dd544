#pragma once

#include "core/forward/forwardmanager.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace Fairlead::App {

class ForwardReporter;

/// One forward on the command line, from its start to the exit code. Until it first runs it gives up as kubectl does;
/// afterwards it outlives lost pods and servers and ends only by stop(), when its forward is stopped at the
/// manager, or when nothing can bring it back. However it
/// ends, it first reports the end of every connection, then what it gave up for.
class ForwardSession final : public QObject
{
    Q_OBJECT

public:
    struct Options {
        /// How long a pod that is not running yet is waited for. Unless told: a named one not at all, one of several
        /// for a minute, as kubectl.
        std::optional<std::chrono::milliseconds> waitForPod;
        /// kubectl's end: the first connection that fails, or the first loss, ends it with exit code 1.
        bool exitOnLoss = false;
        /// Whatever time may heal is waited for from the start, as afterwards: one forward of many must not be lost
        /// because its cluster was away for a moment.
        bool patient = false;
    };

    ForwardSession(Forward::ForwardManager &manager, ForwardReporter &reporter, const Options &options,
                   QObject *parent = nullptr);

    void start(const Forward::ForwardSpec &spec);
    [[nodiscard]] bool hasRun() const { return m_hasRun; }
    /// Closes the ports, reports the connections that this ends, then finished(0).
    void stop();

signals:
    /// It runs for the first time.
    void ran();
    void finished(int exitCode);

private:
    void onStateChanged(Forward::State state, const Forward::Reason &reason);
    [[nodiscard]] bool goesOn(Forward::State state) const;
    void onOpened(const Forward::ConnectionSnapshot &connection);
    void onClosed(const Forward::ConnectionSnapshot &connection);
    void giveUpAfter(std::chrono::milliseconds time);
    void reportListeners();
    void giveUp(const Forward::Reason &reason);
    void finishIfDone();
    void finish();

    Forward::ForwardManager &m_manager;
    ForwardReporter &m_reporter;
    Options m_options;
    Forward::ForwardId m_id = 0;
    bool m_hasRun = false;
    std::optional<QString> m_error; ///< what it gave up for; told last
    int m_open = 0; ///< connections
    bool m_stopping = false;
    bool m_stopped = false; ///< the ports are closed
    bool m_finished = false;
};

} // namespace Fairlead::App
