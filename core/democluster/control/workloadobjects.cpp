#include "core/democluster/control/workloadobjects.h"

#include "core/democluster/api/podjson.h"
#include "core/democluster/state/podowner.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

/// Pods of one direct owner.
struct Group {
    QString parent; ///< of the owner; empty: none
    QList<Pod> pods;
};

QString parentOf(const Pod &pod)
{
    if (pod.labels.contains(u"deploymentconfig"_s))
        return pod.labels.value(u"deploymentconfig"_s);
    return pod.labels.contains(u"pod-template-hash"_s) ? pod.ownerName.section(u'-', 0, -2) : QString();
}

QJsonObject templateOf(const Pod &pod, const Labels &labels)
{
    QJsonObject spec = podJson(pod).value("spec"_L1).toObject();
    spec.remove(u"nodeName"_s);
    return {{u"metadata"_s, QJsonObject{{u"labels"_s, labelsToJson(labels)}}}, {u"spec"_s, spec}};
}

QJsonObject matching(const Labels &labels)
{
    return {{u"matchLabels"_s, labelsToJson(labels)}};
}

/// The same selection in the other form, so that clients meet both.
QJsonObject matchingByExpressions(const Labels &labels)
{
    QJsonArray expressions;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        expressions << QJsonObject{
            {u"key"_s, it.key()}, {u"operator"_s, u"In"_s}, {u"values"_s, QJsonArray{it.value()}}};
    return {{u"matchExpressions"_s, expressions}};
}

Labels withoutPodName(Labels labels)
{
    labels.remove(u"statefulset.kubernetes.io/pod-name"_s);
    labels.remove(u"apps.kubernetes.io/pod-index"_s);
    return labels;
}

QJsonObject metadataFor(const QString &nameSpace, const QString &name, const Labels &labels, const QDateTime &created)
{
    return {{u"name"_s, name},
            {u"namespace"_s, nameSpace},
            {u"labels"_s, labelsToJson(labels)},
            {u"creationTimestamp"_s, apiTime(created)},
            {u"generation"_s, 1}};
}

QJsonObject rollingStrategy()
{
    return {{u"type"_s, u"RollingUpdate"_s},
            {u"rollingUpdate"_s, QJsonObject{{u"maxSurge"_s, u"25%"_s}, {u"maxUnavailable"_s, u"25%"_s}}}};
}

QJsonObject deploymentSpec(const Labels &labels, const QJsonObject &podTemplate)
{
    return {{u"selector"_s, matching(labels)},
            {u"template"_s, podTemplate},
            {u"strategy"_s, rollingStrategy()},
            {u"revisionHistoryLimit"_s, 10},
            {u"progressDeadlineSeconds"_s, 600}};
}

QJsonObject deploymentConfigSpec(const Labels &labels, const QJsonObject &podTemplate)
{
    return {{u"selector"_s, labelsToJson(labels)},
            {u"template"_s, podTemplate},
            {u"strategy"_s, QJsonObject{{u"type"_s, u"Rolling"_s}}},
            {u"triggers"_s, QJsonArray{QJsonObject{{u"type"_s, u"ConfigChange"_s}}}},
            {u"test"_s, false}};
}

QJsonObject statefulSetSpec(const QString &name, const Labels &labels, const QJsonObject &podTemplate)
{
    return {{u"selector"_s, matching(labels)},
            {u"template"_s, podTemplate},
            {u"serviceName"_s, name},
            {u"podManagementPolicy"_s, u"OrderedReady"_s},
            {u"updateStrategy"_s, QJsonObject{{u"type"_s, u"RollingUpdate"_s}}}};
}

QJsonObject daemonSetSpec(const Labels &labels, const QJsonObject &podTemplate)
{
    return {{u"selector"_s, matchingByExpressions(labels)},
            {u"template"_s, podTemplate},
            {u"updateStrategy"_s, QJsonObject{{u"type"_s, u"RollingUpdate"_s}}}};
}

QJsonObject jobSpec(const Pod &pod, const QJsonObject &podTemplate)
{
    const QString key = u"batch.kubernetes.io/controller-uid"_s;
    return {{u"selector"_s, matching({{key, pod.labels.value(key)}})},
            {u"template"_s, podTemplate},
            {u"parallelism"_s, 1},
            {u"completions"_s, 1},
            {u"backoffLimit"_s, 6},
            {u"completionMode"_s, u"NonIndexed"_s}};
}

QJsonObject specOf(const QString &kind, const QString &name, const Pod &pod)
{
    const Labels own = ownLabels(pod.labels);
    if (kind == "Deployment"_L1)
        return deploymentSpec(own, templateOf(pod, own));
    if (kind == "DeploymentConfig"_L1)
        return deploymentConfigSpec(own, templateOf(pod, own));
    if (kind == "StatefulSet"_L1)
        return statefulSetSpec(name, own, templateOf(pod, own));
    if (kind == "DaemonSet"_L1)
        return daemonSetSpec(own, templateOf(pod, own));
    const Labels all = withoutPodName(pod.labels);
    if (kind == "Job"_L1)
        return jobSpec(pod, templateOf(pod, all));
    const bool plain = kind == "ReplicationController"_L1;
    return {{u"selector"_s, plain ? labelsToJson(all) : matching(all)}, {u"template"_s, templateOf(pod, all)}};
}

bool hasReplicas(const QString &kind)
{
    return kind != "DaemonSet"_L1 && kind != "Job"_L1;
}

ApiObject makeOwner(const QString &kind, const QString &name, const QList<Pod> &pods)
{
    const Pod &first = pods.first();
    const auto older = [](const Pod &a, const Pod &b) { return a.created < b.created; };
    const QDateTime created = std::min_element(pods.begin(), pods.end(), older)->created.addSecs(-1);
    QJsonObject metadata = metadataFor(first.nameSpace, name, ownLabels(first.labels), created);
    if (kind == "Deployment"_L1 || kind == "ReplicaSet"_L1)
        metadata.insert(u"annotations"_s, QJsonObject{{u"deployment.kubernetes.io/revision"_s, u"1"_s}});
    QJsonObject spec = specOf(kind, name, first);
    if (hasReplicas(kind))
        spec.insert(u"replicas"_s, pods.size());
    QJsonObject status;
    if (kind == "DeploymentConfig"_L1)
        status.insert(u"latestVersion"_s, 1);
    return makeApiObject(resourceType(kind), {{u"metadata"_s, metadata}, {u"spec"_s, spec}, {u"status"_s, status}});
}

void setController(ApiObject &object, const ApiObject &owner)
{
    QJsonObject metadata = object.metadata();
    metadata.insert(u"ownerReferences"_s, QJsonArray{controllerReference(owner)});
    setPart(object, u"metadata"_s, metadata);
}

/// One of the 10.96.0.0/16, the same in every run.
QString clusterAddress(const QString &nameSpace, const QString &name)
{
    const QByteArray digest = QCryptographicHash::hash((nameSpace + u'/' + name).toUtf8(), QCryptographicHash::Sha256);
    return u"10.96.%1.%2"_s.arg(quint8(digest.at(0))).arg(quint8(digest.at(1)) % 254 + 1);
}

QJsonArray servicePorts(const QList<ServicePort> &ports)
{
    QJsonArray result;
    for (const ServicePort &port : ports) {
        bool isNumber = false;
        const int number = port.targetPort.toInt(&isNumber);
        QJsonValue target = port.targetPort.isEmpty() ? QJsonValue(port.port) : QJsonValue(port.targetPort);
        if (isNumber)
            target = number;
        QJsonObject object{{u"port"_s, port.port}, {u"protocol"_s, port.protocol}, {u"targetPort"_s, target}};
        if (!port.name.isEmpty())
            object.insert(u"name"_s, port.name);
        result << object;
    }
    return result;
}

} // namespace

QList<ApiObject> ownersOf(const QList<Pod> &pods)
{
    std::map<QStringList, Group> groups; // by namespace, kind and name
    for (const Pod &pod : pods) {
        if (pod.ownerKind.isEmpty())
            continue;
        Group &group = groups[{pod.nameSpace, pod.ownerKind, pod.ownerName}];
        group.parent = parentOf(pod);
        group.pods << pod;
    }
    QList<ApiObject> objects;
    for (const auto &[key, group] : groups) {
        ApiObject owner = makeOwner(key.at(1), key.at(2), group.pods);
        if (!group.parent.isEmpty()) {
            const bool isConfig = key.at(1) == "ReplicationController"_L1;
            const ApiObject parent =
                makeOwner(isConfig ? u"DeploymentConfig"_s : u"Deployment"_s, group.parent, group.pods);
            setController(owner, parent);
            objects << parent;
        }
        objects << owner;
    }
    return objects;
}

ApiObject makeService(const ServiceSpec &service)
{
    const bool external = !service.externalName.isEmpty();
    QJsonObject spec{{u"type"_s, external ? u"ExternalName"_s : u"ClusterIP"_s},
                     {u"sessionAffinity"_s, u"None"_s},
                     {u"ports"_s, servicePorts(service.ports)}};
    if (external) {
        spec.insert(u"externalName"_s, service.externalName);
    } else {
        const QString address = service.headless ? u"None"_s : clusterAddress(service.nameSpace, service.name);
        spec.insert(u"clusterIP"_s, address);
        spec.insert(u"clusterIPs"_s, QJsonArray{address});
        spec.insert(u"internalTrafficPolicy"_s, u"Cluster"_s);
        spec.insert(u"ipFamilies"_s, QJsonArray{u"IPv4"_s});
        spec.insert(u"ipFamilyPolicy"_s, u"SingleStack"_s);
    }
    if (!service.selector.isEmpty())
        spec.insert(u"selector"_s, labelsToJson(service.selector));
    QJsonObject metadata = metadataFor(service.nameSpace, service.name, service.selector, service.created);
    metadata.remove(u"generation"_s);
    return makeApiObject(
        resourceType(u"Service"_s),
        {{u"metadata"_s, metadata}, {u"spec"_s, spec}, {u"status"_s, QJsonObject{{u"loadBalancer"_s, QJsonObject()}}}});
}

QJsonObject controllerReference(const ApiObject &owner)
{
    return {{u"apiVersion"_s, owner.type->apiVersion()},
            {u"kind"_s, owner.type->kind},
            {u"name"_s, owner.name},
            {u"uid"_s, owner.uid},
            {u"controller"_s, true},
            {u"blockOwnerDeletion"_s, true}};
}

ApiObject makeChild(const ApiObject &parent, const QString &childName, QJsonObject podTemplate, int replicas,
                    const QDateTime &now)
{
    const bool isConfig = parent.type->kind == "DeploymentConfig"_L1;
    Pod sample; // only its labels count
    QJsonObject metadata = podTemplate.value("metadata"_L1).toObject();
    sample.labels = labelsFromJson(metadata.value("labels"_L1).toObject());
    setOwner(sample, isConfig ? u"ReplicationController"_s : u"ReplicaSet"_s, childName, parent.name);
    metadata.insert(u"labels"_s, labelsToJson(sample.labels));
    podTemplate.insert(u"metadata"_s, metadata);
    const QJsonObject spec{{u"replicas"_s, replicas},
                           {u"selector"_s, isConfig ? labelsToJson(sample.labels) : matching(sample.labels)},
                           {u"template"_s, podTemplate}};
    ApiObject child = makeApiObject(
        resourceType(sample.ownerKind),
        {{u"metadata"_s, metadataFor(parent.nameSpace, childName, sample.labels, now)}, {u"spec"_s, spec}});
    setController(child, parent);
    return child;
}

} // namespace Fairlead::Demo
