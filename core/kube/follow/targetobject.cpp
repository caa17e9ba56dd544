#include "core/kube/follow/targetobject.h"

#include "core/kube/api/apiclient.h"
#include "core/kube/objects/labelselector.h"
#include "core/kube/objects/service.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

using Kind = TargetRef::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Kube::Target)
};

/// How an object writes its selector down.
enum class Form { None, Map, Expressions };

struct ApiType {
    Kind kind;
    QLatin1StringView word; ///< `kind` of the object and Go's type
    QLatin1StringView group; ///< empty: core
    QLatin1StringView plural;
    Form form;
};

constexpr std::array<ApiType, 9> Types{{
    {Kind::Pod, "Pod"_L1, ""_L1, "pods"_L1, Form::None},
    {Kind::Service, "Service"_L1, ""_L1, "services"_L1, Form::Map},
    {Kind::Deployment, "Deployment"_L1, "apps"_L1, "deployments"_L1, Form::Expressions},
    {Kind::StatefulSet, "StatefulSet"_L1, "apps"_L1, "statefulsets"_L1, Form::Expressions},
    {Kind::ReplicaSet, "ReplicaSet"_L1, "apps"_L1, "replicasets"_L1, Form::Expressions},
    {Kind::DaemonSet, "DaemonSet"_L1, "apps"_L1, "daemonsets"_L1, Form::Expressions},
    {Kind::Job, "Job"_L1, "batch"_L1, "jobs"_L1, Form::Expressions},
    {Kind::ReplicationController, "ReplicationController"_L1, ""_L1, "replicationcontrollers"_L1, Form::Map},
    {Kind::DeploymentConfig, "DeploymentConfig"_L1, "apps.openshift.io"_L1, "deploymentconfigs"_L1, Form::Map},
}};

const ApiType &typeOf(Kind kind)
{
    const auto *found =
        std::find_if(Types.begin(), Types.end(), [kind](const ApiType &type) { return type.kind == kind; });
    return found == Types.end() ? Types.front() : *found;
}

/// `why` in kubectl's words, `sentence` for people.
Failure<ApiError> refusal(Kind kind, const QString &why, const QString &sentence)
{
    ApiError error;
    error.kind = ApiError::Kind::Refused;
    error.message = sentence;
    error.detail = u"cannot attach to *v1.%1: %2"_s.arg(typeOf(kind).word, why);
    error.kubectlText = "error: "_L1 + error.detail;
    return {error};
}

Result<QString, ApiError> selectorOfService(const QString &name, const QJsonObject &object)
{
    const ServiceInfo service = serviceInfoFrom(object);
    const QString why = u"invalid service '%1': Service is defined without a selector"_s.arg(name);
    if (!service.externalName.isEmpty())
        //: %1 is a service, %2 a host name
        return refusal(Kind::Service, why,
                       Words::tr("Service %1 leads out of the cluster, to %2; there are no pods behind it.")
                           .arg(name, service.externalName));
    if (service.selector.isEmpty())
        return refusal(Kind::Service, why,
                       Words::tr("Service %1 does not say which pods are behind it (it has no selector).").arg(name));
    return service.selector;
}

Result<QString, ApiError> selectorOfWorkload(const TargetRef &target, const QJsonObject &selector)
{
    const QString text = targetText(target);
    if (typeOf(target.kind).form == Form::Map) {
        const QString map = selectorFromMap(selector);
        if (!map.isEmpty())
            return map;
    } else {
        const auto expressions = selectorFromExpressions(selector);
        if (!expressions)
            return refusal(target.kind, "invalid label selector: "_L1 + expressions.error(),
                           Words::tr("The pods of %1 cannot be found: %2").arg(text, expressions.error()));
        if (!expressions->isEmpty())
            return *expressions;
    }
    // It would mean every pod of the namespace; no API server stores that.
    return refusal(target.kind, u"invalid label selector: empty selector"_s,
                   Words::tr("%1 does not say which pods are its own (its selector is empty).").arg(text));
}

} // namespace

QByteArray collectionPath(const ConnectionConfig &config, Kind kind, const QString &namespaceName)
{
    const ApiType &type = typeOf(kind);
    QStringList segments;
    if (type.group.isEmpty())
        segments << u"api"_s;
    else
        segments << u"apis"_s << type.group;
    segments << u"v1"_s << u"namespaces"_s << namespaceName << type.plural;
    return apiPath(config, segments);
}

QString apiKind(Kind kind)
{
    return typeOf(kind).word;
}

QString qualifiedResource(Kind kind)
{
    const ApiType &type = typeOf(kind);
    return type.group.isEmpty() ? QString(type.plural) : type.plural + u'.' + type.group;
}

bool isChangeable(Kind kind)
{
    return kind == Kind::Pod || typeOf(kind).form == Form::Map;
}

Result<QString, ApiError> podSelectorOf(const TargetRef &target, const QJsonObject &object)
{
    if (target.kind == Kind::Service)
        return selectorOfService(target.name, object);
    return selectorOfWorkload(target, object["spec"_L1].toObject()["selector"_L1].toObject());
}

} // namespace Fairlead::Kube
