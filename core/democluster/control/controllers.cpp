#include "core/democluster/control/controllers.h"

#include "core/democluster/control/ownedpods.h"
#include "core/democluster/control/replicas.h"
#include "core/democluster/control/rollout.h"
#include "core/democluster/control/sets.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

Controllers::Controllers(ObjectStore &store, NodeAgent &agent, PodFactory &factory, const Clock &clock)
    : m_tools{store, agent, factory, clock}
{
    connect(&store, &ObjectStore::podChanged, this, &Controllers::onPodChanged);
    connect(&store, &ObjectStore::objectChanged, this, &Controllers::onObjectChanged);
}

void Controllers::onPodChanged(const Pod &pod)
{
    const ResourceType *type = findResourceTypeByWord(pod.ownerKind);
    if (!type)
        return;
    enqueue(pod.ownerKind, pod.nameSpace, pod.ownerName);
    // A Deployment that waits for pods to be gone hears of it here: its child's status did not change by that.
    if (const ApiObject *owner = m_tools.store.findObject(*type, pod.nameSpace, pod.ownerName))
        enqueueParent(*owner);
}

void Controllers::onObjectChanged(const ApiObject &object)
{
    enqueue(object.type->kind, object.nameSpace, object.name);
    enqueueParent(object);
}

void Controllers::enqueueParent(const ApiObject &object)
{
    const QJsonValue owner = object.metadata().value("ownerReferences"_L1)[0];
    if (owner.isObject())
        enqueue(owner["kind"_L1].toString(), object.nameSpace, owner["name"_L1].toString());
}

void Controllers::enqueue(const QString &kind, const QString &nameSpace, const QString &name)
{
    const ResourceType *type = findResourceTypeByWord(kind);
    if (!type)
        return;
    if (m_queue.isEmpty())
        QMetaObject::invokeMethod(this, &Controllers::work, Qt::QueuedConnection);
    m_queue.insert({type, storeKey(nameSpace, name)});
}

/// What is changed here is queued again, and seen in the next round.
void Controllers::work()
{
    const QSet<Key> queue = std::exchange(m_queue, {});
    for (const Key &key : queue) {
        if (const ApiObject *object = m_tools.store.objects(*key.first).find(key.second))
            reconcile(ApiObject(*object));
        else
            removeOrphans(*key.first, key.second);
    }
}

/// The garbage collector: what a deleted owner had goes with it.
void Controllers::removeOrphans(const ResourceType &type, const QString &key)
{
    ApiObject gone;
    gone.type = &type;
    gone.nameSpace = key.section(u'/', 0, 0);
    gone.name = key.section(u'/', 1);
    gone.uid = stableUid(type.kind, gone.nameSpace, gone.name);
    for (const ApiObject &child : childrenOf(gone, m_tools.store))
        m_tools.store.removeObject(*child.type, child.nameSpace, child.name);
    for (const Pod &pod : activePods(ownedPods(gone, m_tools.store)))
        m_tools.agent.remove(pod.nameSpace, pod.name, -1);
}

void Controllers::reconcile(const ApiObject &object)
{
    const QString &kind = object.type->kind;
    if (kind == "Deployment"_L1 || kind == "DeploymentConfig"_L1)
        reconcileRollout(object, m_tools);
    else if (kind == "ReplicaSet"_L1 || kind == "ReplicationController"_L1)
        reconcileReplicas(object, m_tools);
    else if (kind == "StatefulSet"_L1)
        reconcileStatefulSet(object, m_tools);
    else if (kind == "DaemonSet"_L1)
        reconcileDaemonSet(object, m_tools);
    else if (kind == "Job"_L1)
        reconcileJob(object, m_tools);
}

} // namespace Fairlead::Demo
