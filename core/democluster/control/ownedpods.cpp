#include "core/democluster/control/ownedpods.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

QList<Pod> ownedPods(const ApiObject &owner, const ObjectStore &store)
{
    QList<Pod> pods;
    store.pods().visit(owner.nameSpace, {}, [&](const Pod &pod) {
        if (pod.ownerName == owner.name && pod.ownerKind == owner.type->kind)
            pods << pod;
        return true;
    });
    return pods;
}

QList<Pod> activePods(const QList<Pod> &pods)
{
    QList<Pod> active;
    std::copy_if(pods.begin(), pods.end(), std::back_inserter(active), [](const Pod &pod) {
        return !pod.deletion.isValid() && pod.phase != "Succeeded"_L1 && pod.phase != "Failed"_L1;
    });
    return active;
}

int readyCount(const QList<Pod> &pods)
{
    return static_cast<int>(std::count_if(pods.begin(), pods.end(), isReady));
}

QList<ApiObject> childrenOf(const ApiObject &parent, const ObjectStore &store)
{
    const bool isConfig = parent.type->kind == "DeploymentConfig"_L1;
    const ResourceType &type = resourceType(isConfig ? u"ReplicationController"_s : u"ReplicaSet"_s);
    QList<ApiObject> children;
    store.objects(type).visit(parent.nameSpace, {}, [&](const ApiObject &child) {
        if (child.metadata().value("ownerReferences"_L1)[0]["uid"_L1].toString() == parent.uid)
            children << child;
        return true;
    });
    const auto older = [](const ApiObject &a, const ApiObject &b) { return a.created < b.created; };
    std::stable_sort(children.begin(), children.end(), older);
    return children;
}

void setPodCount(const ApiObject &owner, const QList<Pod> &active, int wanted, const ControllerTools &tools)
{
    for (qsizetype count = active.size(); count < wanted; ++count)
        tools.agent.create(tools.factory.make(owner, tools.factory.freeName(owner.nameSpace, owner.name + u'-')));
    QList<Pod> candidates = active;
    std::stable_sort(candidates.begin(), candidates.end(), [](const Pod &a, const Pod &b) {
        return isReady(a) != isReady(b) ? isReady(b) : a.created > b.created;
    });
    for (qsizetype i = 0; i < active.size() - wanted; ++i)
        tools.agent.remove(owner.nameSpace, candidates.at(i).name, -1);
}

void setStatus(const ApiObject &object, QJsonObject status, const ControllerTools &tools)
{
    status.insert(u"observedGeneration"_s, object.metadata().value("generation"_L1));
    const ApiObject *now = tools.store.findObject(*object.type, object.nameSpace, object.name);
    if (!now || now->status() == status)
        return;
    ApiObject changed = *now;
    setPart(changed, u"status"_s, status);
    tools.store.putObject(std::move(changed));
}

void setReplicas(ApiObject object, int replicas, const ControllerTools &tools)
{
    QJsonObject spec = object.spec();
    if (spec.value("replicas"_L1).toInt() == replicas)
        return;
    spec.insert(u"replicas"_s, replicas);
    QJsonObject metadata = object.metadata();
    metadata.insert(u"generation"_s, metadata.value("generation"_L1).toInt() + 1);
    setPart(object, u"spec"_s, spec);
    setPart(object, u"metadata"_s, metadata);
    tools.store.putObject(std::move(object));
}

QString revisionOf(const ApiObject &set)
{
    return templateHash(set.spec().value("template"_L1).toObject());
}

QString revisionLabel()
{
    return u"controller-revision-hash"_s;
}

} // namespace Fairlead::Demo
