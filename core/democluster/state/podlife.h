#pragma once

#include "core/democluster/pace.h"
#include "core/democluster/state/demopods.h"
#include "core/democluster/state/objectstore.h"
#include "core/support/clock.h"

#include <QObject>
#include <QTimer>

namespace Fairlead::Demo {

/// Plays a stretch of the life of one pod: its start, a restart, or restarts without end. Each step puts a new version
/// of the pod into the store, which watches see. It ends by itself when there is nothing more to play or the pod is
/// gone or going. Lives in the cluster's thread.
class PodLife final : public QObject
{
    Q_OBJECT

public:
    PodLife(const Pod &pod, PodBehaviour behaviour, ObjectStore &store, const Clock &clock, const Pace &pace,
            QObject *parent);
    /// The first step; call it when the signals are connected. A pod that is to start is put into the store by it.
    void begin();

signals:
    void containerStarted(const Fairlead::Demo::Pod &pod);
    void containerEnded(const Fairlead::Demo::Pod &pod);

private:
    enum class Step { Unscheduled, Creating, Up, Down, BackingOff };

    void enter(Step step);
    void advance();
    void apply(Step step);
    void finish();
    [[nodiscard]] bool isStillThere();
    [[nodiscard]] bool isOver(Step step) const;
    [[nodiscard]] int durationOf(Step step) const;

    Pod m_pod;
    PodBehaviour m_behaviour;
    ObjectStore &m_store;
    const Clock &m_clock;
    Pace m_pace;
    Step m_step = Step::Up;
    QTimer m_timer;
};

} // namespace Fairlead::Demo
