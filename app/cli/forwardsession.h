#pragma once

#include "core/forward/forwardmanager.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace Fairlead::App {

class ForwardReporter;

/// One forward on the command line, from its start to the exit code. Until it first runs it gives up as kubectl does;
/// afterwards it outlives lost pods and servers and ends only by stop() or when nothing can bring it back.
class ForwardSession final : public QObject
{
    Q_OBJECT

public:
    /// `waitForPod`: how long a pod that is not running yet is waited for; nullopt: not at all, as kubectl.
    ForwardSession(Forward::ForwardManager &manager, ForwardReporter &reporter,
                   std::optional<std::chrono::milliseconds> waitForPod, QObject *parent = nullptr);

    void start(const Forward::ForwardSpec &spec);
    /// Closes the ports, reports the connections that this ends, then finished(0).
    void stop();

signals:
    void finished(int exitCode);

private:
    void onStateChanged(Forward::State state, const Forward::Reason &reason);
    [[nodiscard]] bool goesOn(Forward::State state) const;
    void reportListeners();
    void giveUp(const Forward::Reason &reason);
    void finish(int exitCode);

    Forward::ForwardManager &m_manager;
    ForwardReporter &m_reporter;
    std::optional<std::chrono::milliseconds> m_waitForPod;
    Forward::ForwardId m_id = 0;
    bool m_hasRun = false;
    bool m_stopping = false;
    bool m_finished = false;
};

} // namespace Fairlead::App
