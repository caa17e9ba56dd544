#include "core/democluster/api/podjson.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

QString hexId(const QString &text)
{
    const QByteArray digest = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex());
}

QString containerId(const Pod &pod, const Container &container, int run)
{
    return u"containerd://"_s + hexId(pod.uid + u'/' + container.name + u'/' + QString::number(run));
}

QJsonObject stateJson(const ContainerState &state, const QString &id)
{
    QJsonObject body;
    if (!state.reason.isEmpty())
        body.insert(u"reason"_s, state.reason);
    if (!state.message.isEmpty())
        body.insert(u"message"_s, state.message);
    switch (state.kind) {
    case ContainerState::Kind::Waiting:
        return {{u"waiting"_s, body}};
    case ContainerState::Kind::Running:
        return {{u"running"_s, QJsonObject{{u"startedAt"_s, apiTime(state.startedAt)}}}};
    case ContainerState::Kind::Terminated:
        break;
    }
    body.insert(u"exitCode"_s, state.exitCode);
    body.insert(u"startedAt"_s, apiTime(state.startedAt));
    body.insert(u"finishedAt"_s, apiTime(state.finishedAt));
    body.insert(u"containerID"_s, id);
    return {{u"terminated"_s, body}};
}

QJsonObject containerSpec(const Container &container)
{
    QJsonArray ports;
    for (const ContainerPort &port : container.ports) {
        QJsonObject object{{u"containerPort"_s, port.number}, {u"protocol"_s, port.protocol}};
        if (!port.name.isEmpty())
            object.insert(u"name"_s, port.name);
        ports << object;
    }
    QJsonObject spec{{u"name"_s, container.name},
                     {u"image"_s, container.image},
                     {u"imagePullPolicy"_s, u"IfNotPresent"_s},
                     {u"resources"_s, QJsonObject()},
                     {u"terminationMessagePath"_s, u"/dev/termination-log"_s},
                     {u"terminationMessagePolicy"_s, u"File"_s}};
    if (!ports.isEmpty())
        spec.insert(u"ports"_s, ports);
    return spec;
}

QJsonObject containerStatus(const Pod &pod, const Container &container)
{
    const bool running = container.state.kind == ContainerState::Kind::Running;
    const bool hasRun =
        running || container.state.kind == ContainerState::Kind::Terminated || container.restartCount > 0;
    const QString id = containerId(pod, container, container.restartCount);
    QJsonObject last;
    if (container.restartCount > 0)
        last = stateJson(container.lastState, containerId(pod, container, container.restartCount - 1));
    return {{u"name"_s, container.name},
            {u"image"_s, container.image},
            {u"imageID"_s,
             hasRun ? container.image.section(u':', 0, 0) + u"@sha256:"_s + hexId(container.image) : QString()},
            {u"containerID"_s, hasRun ? id : QString()},
            {u"ready"_s, container.ready},
            {u"started"_s, running},
            {u"restartCount"_s, container.restartCount},
            {u"state"_s, stateJson(container.state, id)},
            {u"lastState"_s, last}};
}

QJsonObject condition(const QString &type, bool holds, const QDateTime &since, const QString &reason = {})
{
    QJsonObject object{{u"type"_s, type},
                       {u"status"_s, holds ? u"True"_s : u"False"_s},
                       {u"lastProbeTime"_s, QJsonValue::Null},
                       {u"lastTransitionTime"_s, apiTime(since)}};
    if (!holds && !reason.isEmpty())
        object.insert(u"reason"_s, reason);
    return object;
}

QJsonArray conditions(const Pod &pod)
{
    const bool scheduled = !pod.nodeName.isEmpty();
    const bool ready = isReady(pod);
    const QString why = pod.phase == "Succeeded"_L1 ? u"PodCompleted"_s : u"ContainersNotReady"_s;
    return {condition(u"Initialized"_s, scheduled, pod.created), condition(u"Ready"_s, ready, pod.readySince, why),
            condition(u"ContainersReady"_s, ready, pod.readySince, why),
            condition(u"PodScheduled"_s, scheduled, pod.created, u"Unschedulable"_s)};
}

QJsonObject podSpec(const Pod &pod)
{
    QJsonArray containers;
    for (const Container &container : pod.containers)
        containers << containerSpec(container);
    QJsonObject spec{{u"containers"_s, containers},
                     {u"dnsPolicy"_s, u"ClusterFirst"_s},
                     {u"restartPolicy"_s, pod.ownerKind == "Job"_L1 ? u"Never"_s : u"Always"_s},
                     {u"schedulerName"_s, u"default-scheduler"_s},
                     {u"serviceAccountName"_s, u"default"_s},
                     {u"securityContext"_s, QJsonObject()},
                     {u"enableServiceLinks"_s, true},
                     {u"terminationGracePeriodSeconds"_s, 30}};
    if (!pod.nodeName.isEmpty())
        spec.insert(u"nodeName"_s, pod.nodeName);
    return spec;
}

QJsonObject podStatus(const Pod &pod)
{
    QJsonObject status{{u"phase"_s, pod.phase}, {u"conditions"_s, conditions(pod)}, {u"qosClass"_s, u"BestEffort"_s}};
    if (pod.nodeName.isEmpty())
        return status;
    QJsonArray statuses;
    for (const Container &container : pod.containers)
        statuses << containerStatus(pod, container);
    status.insert(u"containerStatuses"_s, statuses);
    status.insert(u"hostIP"_s, demoNodeAddress());
    status.insert(u"startTime"_s, apiTime(pod.created));
    if (!pod.podIp.isEmpty()) {
        status.insert(u"podIP"_s, pod.podIp);
        status.insert(u"podIPs"_s, QJsonArray{QJsonObject{{u"ip"_s, pod.podIp}}});
    }
    return status;
}

} // namespace

QString demoNodeAddress()
{
    return u"192.0.2.10"_s;
}

QJsonObject podMetadata(const Pod &pod)
{
    QJsonObject metadata{{u"name"_s, pod.name},
                         {u"namespace"_s, pod.nameSpace},
                         {u"uid"_s, pod.uid},
                         {u"resourceVersion"_s, QString::number(pod.resourceVersion)},
                         {u"creationTimestamp"_s, apiTime(pod.created)},
                         {u"labels"_s, labelsToJson(pod.labels)}};
    if (!pod.annotations.isEmpty())
        metadata.insert(u"annotations"_s, labelsToJson(pod.annotations));
    if (pod.deletion.isValid()) {
        metadata.insert(u"deletionTimestamp"_s, apiTime(pod.deletion));
        metadata.insert(u"deletionGracePeriodSeconds"_s, pod.graceSeconds);
    }
    if (!pod.ownerKind.isEmpty()) {
        metadata.insert(u"generateName"_s, pod.ownerName + u'-');
        metadata.insert(u"ownerReferences"_s,
                        QJsonArray{QJsonObject{{u"apiVersion"_s, resourceType(pod.ownerKind).apiVersion()},
                                               {u"kind"_s, pod.ownerKind},
                                               {u"name"_s, pod.ownerName},
                                               {u"uid"_s, stableUid(pod.ownerKind, pod.nameSpace, pod.ownerName)},
                                               {u"controller"_s, true},
                                               {u"blockOwnerDeletion"_s, true}}});
    }
    return metadata;
}

QJsonObject podJson(const Pod &pod)
{
    return {{u"apiVersion"_s, u"v1"_s},
            {u"kind"_s, u"Pod"_s},
            {u"metadata"_s, podMetadata(pod)},
            {u"spec"_s, podSpec(pod)},
            {u"status"_s, podStatus(pod)}};
}

QJsonObject namespaceMetadata(const NamespaceObject &object)
{
    return {{u"name"_s, object.name},
            {u"uid"_s, object.uid},
            {u"resourceVersion"_s, QString::number(object.resourceVersion)},
            {u"creationTimestamp"_s, apiTime(object.created)},
            {u"labels"_s, QJsonObject{{u"kubernetes.io/metadata.name"_s, object.name}}}};
}

QJsonObject namespaceJson(const NamespaceObject &object)
{
    return {{u"apiVersion"_s, u"v1"_s},
            {u"kind"_s, u"Namespace"_s},
            {u"metadata"_s, namespaceMetadata(object)},
            {u"spec"_s, QJsonObject{{u"finalizers"_s, QJsonArray{u"kubernetes"_s}}}},
            {u"status"_s, QJsonObject{{u"phase"_s, u"Active"_s}}}};
}

} // namespace Fairlead::Demo
