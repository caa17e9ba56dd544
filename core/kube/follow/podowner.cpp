#include "core/kube/follow/podowner.h"

#include "core/kube/api/apiclient.h"
#include "core/kube/follow/targetobject.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

using Kind = TargetRef::Kind;

/// Nobody calls a Pod or a Service the controller of a pod.
constexpr std::array Controllers{Kind::Deployment, Kind::StatefulSet,           Kind::ReplicaSet,      Kind::DaemonSet,
                                 Kind::Job,        Kind::ReplicationController, Kind::DeploymentConfig};

/// "StatefulSet/db" as a target.
std::optional<TargetRef> followable(const QString &controller)
{
    const QString kind = controller.section(u'/', 0, 0);
    const auto *found = std::find_if(Controllers.begin(), Controllers.end(),
                                     [&](Kind candidate) { return apiKind(candidate) == kind; });
    if (found == Controllers.end())
        return std::nullopt;
    return TargetRef{*found, controller.section(u'/', 1)};
}

} // namespace

QString controllerOf(const QJsonObject &metadata)
{
    const QJsonArray owners = metadata["ownerReferences"_L1].toArray();
    for (const auto &value : owners) {
        const QJsonObject owner = value.toObject();
        if (owner["controller"_L1].toBool())
            return owner["kind"_L1].toString() + u'/' + owner["name"_L1].toString();
    }
    return {};
}

QString deploymentConfigOf(const QJsonObject &metadata)
{
    const QString annotated =
        metadata["annotations"_L1].toObject()["openshift.io/deployment-config.name"_L1].toString();
    return annotated.isEmpty() ? metadata["labels"_L1].toObject()["deploymentconfig"_L1].toString() : annotated;
}

std::optional<TargetRef> ownerOf(const PodInfo &pod)
{
    std::optional<TargetRef> owner = followable(pod.owner);
    if (!owner)
        return std::nullopt;
    const QString ending = u'-' + pod.templateHash;
    if (owner->kind == Kind::ReplicaSet && ending.size() > 1 && owner->name.endsWith(ending)
        && owner->name.size() > ending.size())
        return TargetRef{Kind::Deployment, owner->name.chopped(ending.size())};
    if (owner->kind == Kind::ReplicationController && !pod.deploymentConfig.isEmpty())
        return TargetRef{Kind::DeploymentConfig, pod.deploymentConfig};
    return owner;
}

TargetRef ownerAbove(const TargetRef &controller, const QJsonObject &object)
{
    const QJsonObject metadata = object["metadata"_L1].toObject();
    if (const auto above = followable(controllerOf(metadata)))
        return *above;
    const QString deploymentConfig = deploymentConfigOf(metadata);
    if (controller.kind == Kind::ReplicationController && !deploymentConfig.isEmpty())
        return {Kind::DeploymentConfig, deploymentConfig};
    return controller;
}

void findOwner(ApiClient &client, const PodInfo &pod, QObject *context,
               const std::function<void(const std::optional<TargetRef> &)> &done)
{
    const std::optional<TargetRef> controller = followable(pod.owner);
    if (!controller || (controller->kind != Kind::ReplicaSet && controller->kind != Kind::ReplicationController)) {
        done(controller);
        return;
    }
    const QByteArray path = collectionPath(client.config(), controller->kind, pod.namespaceName) + '/'
        + controller->name.toUtf8().toPercentEncoding();
    client.getObject(path, pod.namespaceName, apiKind(controller->kind), context,
                     [controller, likely = ownerOf(pod), done](const Result<QJsonObject, ApiError> &answer) {
                         done(answer ? ownerAbove(*controller, *answer) : likely);
                     });
}

} // namespace Fairlead::Kube
