#include "core/democluster/node/nodeagent.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

NodeAgent::NodeAgent(ObjectStore &store, BuiltinPrograms &programs, const Clock &clock, const Pace &pace)
    : m_store(store)
    , m_programs(programs)
    , m_clock(clock)
    , m_pace(pace)
{
}

void NodeAgent::startPrograms(const Pod &pod)
{
    const auto *target = std::get_if<BuiltinTarget>(&pod.target);
    if (!target)
        return;
    for (auto it = target->programs.cbegin(); it != target->programs.cend(); ++it)
        m_programs.start({pod.nameSpace, pod.name}, it.key(), it.value());
}

void NodeAgent::stopPrograms(const Pod &pod)
{
    m_programs.stopPod({pod.nameSpace, pod.name});
    emit programsEnded(pod.uid);
}

void NodeAgent::play(const Pod &pod, PodBehaviour behaviour)
{
    auto *life = new PodLife(pod, behaviour, m_store, m_clock, m_pace, this);
    connect(life, &PodLife::containerStarted, this, &NodeAgent::startPrograms);
    connect(life, &PodLife::containerEnded, this, &NodeAgent::stopPrograms);
    life->begin();
}

void NodeAgent::adopt(const BuiltinPod &pod)
{
    if (pod.behaviour != PodBehaviour::SlowStart) {
        startPrograms(pod.pod);
        m_store.putPod(pod.pod);
    }
    if (pod.behaviour != PodBehaviour::Steady)
        play(pod.pod, pod.behaviour);
}

void NodeAgent::create(const Pod &pod)
{
    play(pod, PodBehaviour::Starts);
}

bool NodeAgent::remove(const QString &nameSpace, const QString &name, int graceMs)
{
    const Pod *found = m_store.findPod(nameSpace, name);
    if (!found)
        return false;
    const bool again = found->deletion.isValid();
    const bool hasRun = found->phase != "Pending"_L1;
    const int wait = !hasRun ? 0 : graceMs < 0 ? m_pace.graceMs : graceMs;
    if (again && wait > 0)
        return true; // it is on its way
    Pod pod = *found;
    if (!again) {
        constexpr int second = 1000;
        pod.graceSeconds = wait / second;
        pod.deletion = m_clock.now().addMSecs(wait);
        m_store.putPod(pod);
    }
    if (wait == 0)
        finishRemoving(nameSpace, name, pod.uid);
    else
        QTimer::singleShot(wait, this,
                           [this, nameSpace, name, uid = pod.uid] { finishRemoving(nameSpace, name, uid); });
    return true;
}

void NodeAgent::finishRemoving(const QString &nameSpace, const QString &name, const QString &uid)
{
    const Pod *found = m_store.findPod(nameSpace, name);
    if (!found || found->uid != uid)
        return; // removed meanwhile, there may be another of that name
    const Pod pod = *found;
    m_store.removePod(nameSpace, name);
    stopPrograms(pod);
}

bool NodeAgent::restartContainer(const QString &nameSpace, const QString &name)
{
    const Pod *pod = m_store.findPod(nameSpace, name);
    if (!pod || pod->phase != "Running"_L1)
        return false;
    play(*pod, PodBehaviour::RestartsOnce);
    return true;
}

bool NodeAgent::setReady(const QString &nameSpace, const QString &name, bool ready)
{
    const Pod *found = m_store.findPod(nameSpace, name);
    if (!found || found->phase != "Running"_L1)
        return false;
    Pod pod = *found;
    for (Container &container : pod.containers)
        container.ready = ready;
    pod.readySince = m_clock.now();
    m_store.putPod(pod);
    return true;
}

bool NodeAgent::setNodeAnswers(const QString &nameSpace, const QString &name, bool answers)
{
    const Pod *found = m_store.findPod(nameSpace, name);
    if (!found)
        return false;
    Pod pod = *found;
    pod.nodeAnswers = answers;
    m_store.putPod(pod);
    return true;
}

} // namespace Fairlead::Demo
