#include "core/kube/objects/podowner.h"

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

} // namespace

std::optional<TargetRef> followable(const QString &controller)
{
    const QString kind = controller.section(u'/', 0, 0);
    const auto *found = std::find_if(Controllers.begin(), Controllers.end(), [&](Kind candidate) {
        return kindWord(candidate).compare(kind, Qt::CaseInsensitive) == 0;
    });
    if (found == Controllers.end())
        return std::nullopt;
    return TargetRef{*found, controller.section(u'/', 1)};
}

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

} // namespace Fairlead::Kube
