#include "core/kube/objects/podparser.h"

#include "core/kube/objects/podowner.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

void addPorts(const QJsonArray &containers, QList<ContainerPort> &ports)
{
    for (const auto &containerValue : containers) {
        const QJsonObject container = containerValue.toObject();
        const QJsonArray declared = container["ports"_L1].toArray();
        for (const auto &portValue : declared) {
            const QJsonObject port = portValue.toObject();
            const int number = port["containerPort"_L1].toInt();
            if (number > 0 && number <= 65535)
                ports.append({port["name"_L1].toString(), quint16(number), port["protocol"_L1].toString(u"TCP"_s),
                              container["name"_L1].toString()});
        }
    }
}

QJsonObject readyCondition(const QJsonObject &status)
{
    const QJsonArray conditions = status["conditions"_L1].toArray();
    for (const auto &value : conditions) {
        QJsonObject condition = value.toObject();
        if (condition["type"_L1].toString() == "Ready"_L1)
            return condition;
    }
    return {};
}

/// The highest restartCount among `statuses`; of init containers only sidecars count (`names`).
int mostRestarts(const QJsonArray &statuses, const QSet<QString> *names = nullptr)
{
    int most = 0;
    for (const auto &value : statuses) {
        const QJsonObject container = value.toObject();
        if (!names || names->contains(container["name"_L1].toString()))
            most = std::max(most, container["restartCount"_L1].toInt());
    }
    return most;
}

QSet<QString> sidecarsOf(const QJsonObject &spec)
{
    QSet<QString> names;
    const QJsonArray containers = spec["initContainers"_L1].toArray();
    for (const auto &value : containers) {
        const QJsonObject container = value.toObject();
        if (container["restartPolicy"_L1].toString() == "Always"_L1)
            names.insert(container["name"_L1].toString());
    }
    return names;
}

QString restartsText(const PodSummary &summary, const QDateTime &now)
{
    const QString count = QString::number(summary.restarts);
    if (summary.restarts == 0 || !summary.lastRestart.isValid())
        return count;
    return count + " ("_L1 + ageText(summary.lastRestart, now) + " ago)"_L1;
}

} // namespace

QDateTime timeFrom(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

PodInfo podInfoFrom(const QJsonObject &pod)
{
    const QJsonObject metadata = pod["metadata"_L1].toObject();
    const QJsonObject spec = pod["spec"_L1].toObject();
    const QJsonObject status = pod["status"_L1].toObject();
    PodInfo info;
    info.namespaceName = metadata["namespace"_L1].toString();
    info.name = metadata["name"_L1].toString();
    info.uid = metadata["uid"_L1].toString();
    info.phase = status["phase"_L1].toString();
    info.status = summarizePod(pod).status;
    info.node = spec["nodeName"_L1].toString();
    info.owner = controllerOf(metadata);
    const QJsonObject labels = metadata["labels"_L1].toObject();
    info.templateHash = labels["pod-template-hash"_L1].toString();
    info.deploymentConfig = deploymentConfigOf(metadata);
    info.ownerTarget = ownerOf(info);
    info.deleting = metadata.contains("deletionTimestamp"_L1);
    info.created = timeFrom(metadata["creationTimestamp"_L1]);
    info.deletedAt = timeFrom(metadata["deletionTimestamp"_L1]);
    const QJsonObject ready = readyCondition(status);
    info.ready = ready["status"_L1].toString() == "True"_L1;
    info.readySince = timeFrom(ready["lastTransitionTime"_L1]);
    const QSet<QString> sidecars = sidecarsOf(spec);
    info.restarts = mostRestarts(status["containerStatuses"_L1].toArray());
    info.sidecarRestarts = mostRestarts(status["initContainerStatuses"_L1].toArray(), &sidecars);
    addPorts(spec["containers"_L1].toArray(), info.ports);
    addPorts(spec["initContainers"_L1].toArray(), info.ports);
    return info;
}

PodRow podRowFrom(const QJsonObject &pod, const QDateTime &now)
{
    const QJsonObject metadata = pod["metadata"_L1].toObject();
    const PodSummary summary = summarizePod(pod);
    PodRow row;
    row.namespaceName = metadata["namespace"_L1].toString();
    row.name = metadata["name"_L1].toString();
    row.uid = metadata["uid"_L1].toString();
    row.ready = u"%1/%2"_s.arg(summary.ready).arg(summary.containers);
    row.status = summary.status;
    row.restarts = restartsText(summary, now);
    row.created = timeFrom(metadata["creationTimestamp"_L1]);
    return row;
}

} // namespace Fairlead::Kube
