#include "core/democluster/state/resourcetypes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

using Storage = ResourceType::Storage;

QList<ResourceType> makeTypes()
{
    const QStringList read{u"get"_s, u"list"_s, u"watch"_s};
    const QStringList removable = read + QStringList{u"delete"_s};
    const QStringList all = removable + QStringList{u"patch"_s, u"update"_s};
    const QString none;
    const QString apps = u"apps"_s;
    const QString scale = u"autoscaling/v1"_s;
    return {
        {none, u"events"_s, u"event"_s, u"Event"_s, true, {u"ev"_s}, {u"list"_s, u"watch"_s}, Storage::None},
        {none, u"namespaces"_s, u"namespace"_s, u"Namespace"_s, false, {u"ns"_s}, read, Storage::Namespaces},
        {none, u"pods"_s, u"pod"_s, u"Pod"_s, true, {u"po"_s}, removable, Storage::Pods},
        {none,
         u"replicationcontrollers"_s,
         u"replicationcontroller"_s,
         u"ReplicationController"_s,
         true,
         {u"rc"_s},
         all,
         Storage::Objects,
         scale},
        {none, u"services"_s, u"service"_s, u"Service"_s, true, {u"svc"_s}, all, Storage::Objects},
        {apps, u"daemonsets"_s, u"daemonset"_s, u"DaemonSet"_s, true, {u"ds"_s}, all, Storage::Objects},
        {apps, u"deployments"_s, u"deployment"_s, u"Deployment"_s, true, {u"deploy"_s}, all, Storage::Objects, scale},
        {apps, u"replicasets"_s, u"replicaset"_s, u"ReplicaSet"_s, true, {u"rs"_s}, all, Storage::Objects, scale},
        {apps, u"statefulsets"_s, u"statefulset"_s, u"StatefulSet"_s, true, {u"sts"_s}, all, Storage::Objects, scale},
        {u"apps.openshift.io"_s,
         u"deploymentconfigs"_s,
         u"deploymentconfig"_s,
         u"DeploymentConfig"_s,
         true,
         {u"dc"_s},
         all,
         Storage::Objects,
         u"extensions/v1beta1"_s},
        {projectGroup(), u"projects"_s, u"project"_s, u"Project"_s, false, {}, read, Storage::Projects},
        {u"batch"_s, u"jobs"_s, u"job"_s, u"Job"_s, true, {}, all, Storage::Objects},
    };
}

} // namespace

const QString &projectGroup()
{
    static const QString group = u"project.openshift.io"_s;
    return group;
}

const QList<ResourceType> &resourceTypes()
{
    static const QList<ResourceType> types = makeTypes();
    return types;
}

const ResourceType *findResourceType(const QString &group, const QString &resource)
{
    const auto &types = resourceTypes();
    const auto found = std::find_if(types.begin(), types.end(), [&](const ResourceType &type) {
        return type.group == group && type.resource == resource;
    });
    return found == types.end() ? nullptr : &*found;
}

const ResourceType *findResourceTypeByWord(const QString &word)
{
    const auto &types = resourceTypes();
    const auto found = std::find_if(types.begin(), types.end(), [&word](const ResourceType &type) {
        return type.kind == word || type.resource == word || type.singular == word || type.shortNames.contains(word);
    });
    return found == types.end() ? nullptr : &*found;
}

const ResourceType &resourceType(const QString &kind)
{
    const ResourceType *type = findResourceTypeByWord(kind);
    Q_ASSERT_X(type, "resourceType", qPrintable(kind));
    return *type;
}

} // namespace Fairlead::Demo
