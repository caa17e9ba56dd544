#pragma once

#include "core/democluster/builtin/builtinprogram.h"
#include "core/democluster/state/demopods.h"
#include "core/democluster/state/objectstore.h"
#include "core/support/clock.h"

#include <QObject>
#include <QTimer>

namespace Fairlead::Demo {

/// How fast built-in pods change. The defaults suit somebody who watches; tests shorten them.
struct LifePace {
    int createMs = 6 * 1000; ///< Pending, without a node
    int pullMs = 18 * 1000; ///< ContainerCreating
    int upMs = 75 * 1000; ///< between two restarts
    int errorMs = 3 * 1000; ///< shows Error
    int backOffMs = 12 * 1000; ///< shows CrashLoopBackOff
};

/// Plays the life of one built-in pod that changes by itself: starts slowly, or restarts now and then. While its
/// container is down its programs do not run, so connections to them have ended and new ones are refused. Each step
/// puts a new version of the pod into the store, which watches see. Lives in the cluster's thread.
class PodLife final : public QObject
{
    Q_OBJECT

public:
    PodLife(const BuiltinPod &definition, ObjectStore &store, BuiltinPrograms &programs, const Clock &clock,
            const LifePace &pace, QObject *parent);

private:
    enum class Step { Unscheduled, Creating, Up, Down, BackingOff };

    void beginRunning();
    void enter(Step step);
    void advance();
    void apply(Step step);
    void startPrograms();
    [[nodiscard]] int durationOf(Step step) const;

    Pod m_pod;
    PodBehaviour m_behaviour;
    ObjectStore &m_store;
    BuiltinPrograms &m_programs;
    const Clock &m_clock;
    LifePace m_pace;
    Step m_step = Step::Up;
    QTimer m_timer;
};

} // namespace Fairlead::Demo
