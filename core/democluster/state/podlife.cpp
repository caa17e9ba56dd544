#include "core/democluster/state/podlife.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

PodLife::PodLife(const Pod &pod, PodBehaviour behaviour, ObjectStore &store, const Clock &clock, const Pace &pace,
                 QObject *parent)
    : QObject(parent)
    , m_pod(pod)
    , m_behaviour(behaviour)
    , m_store(store)
    , m_clock(clock)
    , m_pace(pace)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PodLife::advance);
}

void PodLife::begin()
{
    switch (m_behaviour) {
    case PodBehaviour::Steady:
        return finish();
    case PodBehaviour::Starts:
    case PodBehaviour::SlowStart:
        return enter(Step::Unscheduled);
    case PodBehaviour::RestartsOnce:
        return enter(Step::Down);
    case PodBehaviour::Restarts: // it is up, since the time that its definition says
        m_timer.start(m_pace.upMs);
    }
}

int PodLife::durationOf(Step step) const
{
    const bool slow = m_behaviour == PodBehaviour::SlowStart;
    switch (step) {
    case Step::Unscheduled:
        return slow ? m_pace.createMs : m_pace.startMs;
    case Step::Creating:
        return slow ? m_pace.pullMs : m_pace.startMs;
    case Step::Up:
        return m_pace.upMs;
    case Step::Down:
        return m_behaviour == PodBehaviour::RestartsOnce ? m_pace.restartMs : m_pace.errorMs;
    case Step::BackingOff:
        return m_pace.backOffMs;
    }
    return 0;
}

bool PodLife::isOver(Step step) const
{
    return step == Step::Up && m_behaviour != PodBehaviour::Restarts;
}

/// Takes what others have changed; only the first step of a start finds nothing.
bool PodLife::isStillThere()
{
    const Pod *now = m_store.findPod(m_pod.nameSpace, m_pod.name);
    if (!now || now->uid != m_pod.uid || now->deletion.isValid())
        return false;
    m_pod = *now;
    return true;
}

void PodLife::enter(Step step)
{
    m_step = step;
    apply(step);
    m_store.putPod(m_pod);
    if (isOver(step))
        return finish();
    m_timer.start(durationOf(step));
}

void PodLife::finish()
{
    m_timer.stop();
    deleteLater();
}

void PodLife::advance()
{
    if (!isStillThere())
        return finish();
    switch (m_step) {
    case Step::Unscheduled:
        return enter(Step::Creating);
    case Step::Creating:
    case Step::BackingOff:
        return enter(Step::Up);
    case Step::Up:
        return enter(Step::Down);
    case Step::Down:
        return enter(m_behaviour == PodBehaviour::RestartsOnce ? Step::Up : Step::BackingOff);
    }
}

void PodLife::apply(Step step)
{
    const QDateTime now = m_clock.now();
    for (Container &container : m_pod.containers)
        container.ready = step == Step::Up;
    Container &container = m_pod.containers.first();
    const bool cameDown =
        container.state.kind == ContainerState::Kind::Terminated || container.state.reason == "CrashLoopBackOff"_L1;
    m_pod.readySince = now;
    m_pod.phase = step == Step::Unscheduled || step == Step::Creating ? u"Pending"_s : u"Running"_s;
    m_pod.nodeName = step == Step::Unscheduled ? QString() : demoNodeName();
    switch (step) {
    case Step::Unscheduled:
    case Step::Creating:
        for (Container &each : m_pod.containers)
            each.state = {ContainerState::Kind::Waiting, u"ContainerCreating"_s};
        break;
    case Step::Up:
        if (cameDown)
            ++container.restartCount;
        for (Container &each : m_pod.containers) {
            if (each.state.kind != ContainerState::Kind::Running)
                each.state = {ContainerState::Kind::Running, {}, {}, 0, now};
        }
        emit containerStarted(m_pod);
        break;
    case Step::Down:
        emit containerEnded(m_pod);
        container.lastState = {ContainerState::Kind::Terminated, u"Error"_s, {}, 1, container.state.startedAt, now};
        container.state = container.lastState;
        break;
    case Step::BackingOff:
        container.state = {ContainerState::Kind::Waiting, u"CrashLoopBackOff"_s,
                           u"back-off 10s restarting failed container=%1"_s.arg(container.name)};
        break;
    }
}

} // namespace Fairlead::Demo
