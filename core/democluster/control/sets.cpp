#include "core/democluster/control/sets.h"

#include "core/democluster/control/ownedpods.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

Pod newPod(const ApiObject &set, const QString &name, const ControllerTools &tools)
{
    Pod pod = tools.factory.make(set, name);
    pod.labels.insert(revisionLabel(), revisionOf(set));
    return pod;
}

bool isUpdated(const Pod &pod, const QString &revision)
{
    return pod.labels.value(revisionLabel()) == revision;
}

int updatedCount(const QList<Pod> &pods, const QString &revision)
{
    return static_cast<int>(
        std::count_if(pods.begin(), pods.end(), [&revision](const Pod &pod) { return isUpdated(pod, revision); }));
}

const Pod *findNamed(const QList<Pod> &pods, const QString &name)
{
    const auto found = std::find_if(pods.begin(), pods.end(), [&name](const Pod &pod) { return pod.name == name; });
    return found == pods.end() ? nullptr : &*found;
}

int ordinalOf(const Pod &pod)
{
    return pod.name.section(u'-', -1).toInt();
}

/// When the first pod that succeeded ended; undefined: none has.
QJsonValue successTime(const QList<Pod> &pods)
{
    for (const Pod &pod : pods) {
        if (pod.phase == "Succeeded"_L1)
            return apiTime(pod.containers.value(0).state.finishedAt);
    }
    return QJsonValue::Undefined;
}

/// The one pod that has to be waited for, made or removed; one step at a time.
void stepStatefulSet(const ApiObject &set, const ControllerTools &tools)
{
    const QList<Pod> pods = ownedPods(set, tools.store);
    const int wanted = set.spec().value("replicas"_L1).toInt(1);
    for (int i = 0; i < wanted; ++i) {
        const QString name = set.name + u'-' + QString::number(i);
        const Pod *pod = findNamed(pods, name);
        if (!pod)
            return tools.agent.create(newPod(set, name, tools));
        if (!isReady(*pod) || pod->deletion.isValid())
            return;
    }
    const auto highest = std::max_element(pods.begin(), pods.end(),
                                          [](const Pod &a, const Pod &b) { return ordinalOf(a) < ordinalOf(b); });
    if (highest != pods.end() && ordinalOf(*highest) >= wanted) {
        if (!highest->deletion.isValid())
            tools.agent.remove(set.nameSpace, highest->name, -1);
        return;
    }
    const QString revision = revisionOf(set);
    for (int i = wanted - 1; i >= 0; --i) {
        const Pod *pod = findNamed(pods, set.name + u'-' + QString::number(i));
        if (!isUpdated(*pod, revision)) {
            tools.agent.remove(set.nameSpace, pod->name, -1);
            return;
        }
    }
}

} // namespace

void reconcileStatefulSet(const ApiObject &set, const ControllerTools &tools)
{
    stepStatefulSet(set, tools);
    const QList<Pod> pods = activePods(ownedPods(set, tools.store));
    const QString revision = revisionOf(set);
    const int updated = updatedCount(pods, revision);
    const int wanted = set.spec().value("replicas"_L1).toInt(1);
    const QString before = set.status().value("currentRevision"_L1).toString(set.name + u'-' + revision);
    const QString now = set.name + u'-' + revision;
    setStatus(set,
              {{u"replicas"_s, pods.size()},
               {u"readyReplicas"_s, readyCount(pods)},
               {u"availableReplicas"_s, readyCount(pods)},
               {u"updatedReplicas"_s, updated},
               {u"currentReplicas"_s, before == now ? updated : int(pods.size()) - updated},
               {u"currentRevision"_s, updated == wanted && pods.size() == wanted ? now : before},
               {u"updateRevision"_s, now},
               {u"collisionCount"_s, 0}},
              tools);
}

void reconcileDaemonSet(const ApiObject &set, const ControllerTools &tools)
{
    const QString revision = revisionOf(set);
    const QList<Pod> before = ownedPods(set, tools.store);
    if (before.isEmpty())
        tools.agent.create(newPod(set, tools.factory.freeName(set.nameSpace, set.name + u'-'), tools));
    for (const Pod &pod : activePods(before)) {
        if (!isUpdated(pod, revision))
            tools.agent.remove(set.nameSpace, pod.name, -1);
    }
    const QList<Pod> pods = activePods(ownedPods(set, tools.store));
    setStatus(set,
              {{u"desiredNumberScheduled"_s, 1},
               {u"currentNumberScheduled"_s, pods.size()},
               {u"numberMisscheduled"_s, 0},
               {u"numberReady"_s, readyCount(pods)},
               {u"numberAvailable"_s, readyCount(pods)},
               {u"updatedNumberScheduled"_s, updatedCount(pods, revision)}},
              tools);
}

void reconcileJob(const ApiObject &job, const ControllerTools &tools)
{
    const QJsonValue before = job.status().value("completionTime"_L1);
    const QJsonValue end = before.isUndefined() ? successTime(ownedPods(job, tools.store)) : before;
    const bool complete = !end.isUndefined();
    setPodCount(job, activePods(ownedPods(job, tools.store)), complete ? 0 : 1, tools);
    QJsonObject status{{u"startTime"_s, apiTime(job.created)}};
    if (complete) {
        status.insert(u"completionTime"_s, end);
        status.insert(u"succeeded"_s, 1);
        status.insert(u"conditions"_s, QJsonArray{QJsonObject{{u"type"_s, u"Complete"_s}, {u"status"_s, u"True"_s}}});
    } else {
        const QList<Pod> pods = activePods(ownedPods(job, tools.store));
        status.insert(u"active"_s, pods.size());
        status.insert(u"ready"_s, readyCount(pods));
    }
    setStatus(job, status, tools);
}

} // namespace Fairlead::Demo
