#include "core/democluster/state/podlife.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

PodLife::PodLife(const BuiltinPod &definition, ObjectStore &store, BuiltinPrograms &programs, const Clock &clock,
                 const LifePace &pace, QObject *parent)
    : QObject(parent)
    , m_pod(definition.pod)
    , m_behaviour(definition.behaviour)
    , m_store(store)
    , m_programs(programs)
    , m_clock(clock)
    , m_pace(pace)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PodLife::advance);
    if (m_behaviour == PodBehaviour::SlowStart)
        enter(Step::Unscheduled);
    else
        beginRunning();
}

/// It runs already, since the time that the definition says.
void PodLife::beginRunning()
{
    startPrograms();
    m_store.putPod(m_pod);
    if (m_behaviour == PodBehaviour::Restarts)
        m_timer.start(m_pace.upMs);
}

int PodLife::durationOf(Step step) const
{
    switch (step) {
    case Step::Unscheduled:
        return m_pace.createMs;
    case Step::Creating:
        return m_pace.pullMs;
    case Step::Up:
        return m_behaviour == PodBehaviour::Restarts ? m_pace.upMs : 0;
    case Step::Down:
        return m_pace.errorMs;
    case Step::BackingOff:
        return m_pace.backOffMs;
    }
    return 0;
}

void PodLife::enter(Step step)
{
    m_step = step;
    apply(step);
    m_store.putPod(m_pod);
    if (const int duration = durationOf(step); duration > 0)
        m_timer.start(duration);
}

void PodLife::advance()
{
    switch (m_step) {
    case Step::Unscheduled:
        return enter(Step::Creating);
    case Step::Creating:
    case Step::BackingOff:
        return enter(Step::Up);
    case Step::Up:
        return enter(Step::Down);
    case Step::Down:
        return enter(Step::BackingOff);
    }
}

void PodLife::apply(Step step)
{
    const QDateTime now = m_clock.now();
    Container &container = m_pod.containers.first();
    container.ready = step == Step::Up;
    m_pod.readySince = now;
    m_pod.phase = step == Step::Unscheduled || step == Step::Creating ? u"Pending"_s : u"Running"_s;
    m_pod.nodeName = step == Step::Unscheduled ? QString() : demoNodeName();
    switch (step) {
    case Step::Unscheduled:
    case Step::Creating:
        container.state = {ContainerState::Kind::Waiting, u"ContainerCreating"_s};
        break;
    case Step::Up:
        if (container.state.reason == "CrashLoopBackOff"_L1)
            ++container.restartCount;
        container.state = {ContainerState::Kind::Running, {}, {}, 0, now};
        startPrograms();
        break;
    case Step::Down:
        m_programs.stopPod({m_pod.nameSpace, m_pod.name});
        container.lastState = {ContainerState::Kind::Terminated, u"Error"_s, {}, 1, container.state.startedAt, now};
        container.state = container.lastState;
        break;
    case Step::BackingOff:
        container.state = {ContainerState::Kind::Waiting, u"CrashLoopBackOff"_s,
                           u"back-off 10s restarting failed container=%1"_s.arg(container.name)};
        break;
    }
}

void PodLife::startPrograms()
{
    const auto *target = std::get_if<BuiltinTarget>(&m_pod.target);
    for (auto it = target->programs.cbegin(); it != target->programs.cend(); ++it)
        m_programs.start({m_pod.nameSpace, m_pod.name}, it.key(), it.value());
}

} // namespace Fairlead::Demo
