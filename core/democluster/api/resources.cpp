#include "core/democluster/api/resources.h"

#include "core/democluster/api/podjson.h"
#include "core/democluster/api/podwords.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

/// Columns of priority 1 are shown by `-o wide` only.
QJsonObject column(const QString &name, const QString &type, int priority = 0, const QString &format = {})
{
    return {{u"name"_s, name},
            {u"type"_s, type},
            {u"format"_s, format},
            {u"description"_s, QString()},
            {u"priority"_s, priority}};
}

} // namespace

QStringList Kind<Pod>::fields()
{
    return {u"metadata.name"_s,      u"metadata.namespace"_s, u"spec.nodeName"_s,
            u"spec.restartPolicy"_s, u"status.phase"_s,       u"status.podIP"_s};
}

QMap<QString, QString> Kind<Pod>::fieldValues(const Pod &pod)
{
    return {{u"metadata.name"_s, pod.name},
            {u"metadata.namespace"_s, pod.nameSpace},
            {u"spec.nodeName"_s, pod.nodeName},
            {u"spec.restartPolicy"_s, pod.ownerKind == "Job"_L1 ? u"Never"_s : u"Always"_s},
            {u"status.phase"_s, pod.phase},
            {u"status.podIP"_s, pod.podIp}};
}

QJsonObject Kind<Pod>::full(const Pod &pod)
{
    return podJson(pod);
}

QJsonObject Kind<Pod>::metadata(const Pod &pod)
{
    return podMetadata(pod);
}

QJsonArray Kind<Pod>::columns()
{
    return {column(u"Name"_s, u"string"_s, 0, u"name"_s),
            column(u"Ready"_s, u"string"_s),
            column(u"Status"_s, u"string"_s),
            column(u"Restarts"_s, u"string"_s),
            column(u"Age"_s, u"string"_s),
            column(u"IP"_s, u"string"_s, 1),
            column(u"Node"_s, u"string"_s, 1),
            column(u"Nominated Node"_s, u"string"_s, 1),
            column(u"Readiness Gates"_s, u"string"_s, 1)};
}

QJsonArray Kind<Pod>::cells(const Pod &pod, const QDateTime &now)
{
    const QString none = u"<none>"_s;
    const PodWords words = podWords(pod, now);
    return {pod.name,
            words.ready,
            words.status,
            words.restarts,
            ageText(pod.created, now),
            pod.podIp.isEmpty() ? none : pod.podIp,
            pod.nodeName.isEmpty() ? none : pod.nodeName,
            none,
            none};
}

QStringList Kind<NamespaceObject>::fields()
{
    return {u"metadata.name"_s, u"status.phase"_s};
}

QMap<QString, QString> Kind<NamespaceObject>::fieldValues(const NamespaceObject &object)
{
    return {{u"metadata.name"_s, object.name}, {u"status.phase"_s, u"Active"_s}};
}

Labels Kind<NamespaceObject>::labels(const NamespaceObject &object)
{
    return {{u"kubernetes.io/metadata.name"_s, object.name}};
}

QJsonObject Kind<NamespaceObject>::full(const NamespaceObject &object)
{
    return namespaceJson(object);
}

QJsonObject Kind<NamespaceObject>::metadata(const NamespaceObject &object)
{
    return namespaceMetadata(object);
}

QJsonArray Kind<NamespaceObject>::columns()
{
    return {column(u"Name"_s, u"string"_s, 0, u"name"_s), column(u"Status"_s, u"string"_s),
            column(u"Age"_s, u"string"_s)};
}

QJsonArray Kind<NamespaceObject>::cells(const NamespaceObject &object, const QDateTime &now)
{
    return {object.name, u"Active"_s, ageText(object.created, now)};
}

QList<NamespaceObject> Kind<NamespaceObject>::all(const ObjectStore &store, const QString &)
{
    QList<NamespaceObject> result;
    for (const auto &[name, object] : store.namespaces())
        result << object;
    return result;
}

} // namespace Fairlead::Demo
