#include "core/kube/objects/target.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

using Kind = TargetRef::Kind;

struct TypeNames {
    Kind kind;
    QLatin1StringView singular;
    QLatin1StringView plural;
    QLatin1StringView shortName;
    QLatin1StringView group; ///< empty: the core group
};

constexpr std::array<TypeNames, 9> Types{{
    {Kind::Pod, "pod"_L1, "pods"_L1, "po"_L1, ""_L1},
    {Kind::Service, "service"_L1, "services"_L1, "svc"_L1, ""_L1},
    {Kind::Deployment, "deployment"_L1, "deployments"_L1, "deploy"_L1, "apps"_L1},
    {Kind::StatefulSet, "statefulset"_L1, "statefulsets"_L1, "sts"_L1, "apps"_L1},
    {Kind::ReplicaSet, "replicaset"_L1, "replicasets"_L1, "rs"_L1, "apps"_L1},
    {Kind::DaemonSet, "daemonset"_L1, "daemonsets"_L1, "ds"_L1, "apps"_L1},
    {Kind::Job, "job"_L1, "jobs"_L1, "job"_L1, "batch"_L1},
    {Kind::ReplicationController, "replicationcontroller"_L1, "replicationcontrollers"_L1, "rc"_L1, ""_L1},
    {Kind::DeploymentConfig, "deploymentconfig"_L1, "deploymentconfigs"_L1, "dc"_L1, "apps.openshift.io"_L1},
}};

/// `deployments.v1.apps` and `deployments.apps` are both written; a version says nothing here.
bool groupMatches(const QString &group, QLatin1StringView wanted)
{
    if (group.isEmpty() || group == wanted)
        return true;
    const qsizetype dot = group.indexOf(u'.');
    return group.startsWith(u'v') && (dot < 0 ? wanted.isEmpty() : group.mid(dot + 1) == wanted);
}

const TypeNames *findType(Kind kind)
{
    const auto *found =
        std::find_if(Types.begin(), Types.end(), [kind](const TypeNames &type) { return type.kind == kind; });
    return found == Types.end() ? nullptr : found;
}

const TypeNames *findType(const QString &text)
{
    const QString lower = text.toLower();
    const QString word = lower.section(u'.', 0, 0);
    const QString group = lower.section(u'.', 1);
    const auto *found = std::find_if(Types.begin(), Types.end(), [&](const TypeNames &type) {
        return (word == type.singular || word == type.plural || word == type.shortName)
            && groupMatches(group, type.group);
    });
    return found == Types.end() ? nullptr : found;
}

} // namespace

Result<TargetRef, QString> parseTarget(const QString &text)
{
    const QStringList parts = text.split(u'/');
    if (parts.size() == 1)
        return TargetRef{Kind::Pod, text};
    if (parts.size() > 2)
        return Failure{u"arguments in resource/name form may not have more than one slash"_s};
    if (parts[0].isEmpty() || parts[1].isEmpty())
        return Failure{u"arguments in resource/name form must have a single resource and name"_s};
    if (const TypeNames *type = findType(parts[0]))
        return TargetRef{type->kind, parts[1]};
    return Failure{u"the server doesn't have a resource type \"%1\""_s.arg(parts[0])};
}

QString kindWord(Kind kind)
{
    const TypeNames *type = findType(kind);
    return type ? QString(type->singular) : QString();
}

QString shortTargetText(const TargetRef &target)
{
    const TypeNames *type = findType(target.kind);
    return type ? type->shortName + u'/' + target.name : targetText(target);
}

QString targetText(const TargetRef &target)
{
    if (target.kind == Kind::Selector)
        return QCoreApplication::translate("Target", "pods with %1").arg(target.name);
    return kindWord(target.kind) + u'/' + target.name;
}

} // namespace Fairlead::Kube
