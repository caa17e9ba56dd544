#include "core/democluster/api/resources.h"

#include "core/democluster/api/objectcolumns.h"
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

QStringList Kind<Pod>::fields() const
{
    return {u"metadata.name"_s,      u"metadata.namespace"_s, u"spec.nodeName"_s,
            u"spec.restartPolicy"_s, u"status.phase"_s,       u"status.podIP"_s};
}

QMap<QString, QString> Kind<Pod>::fieldValues(const Pod &pod) const
{
    return {{u"metadata.name"_s, pod.name},
            {u"metadata.namespace"_s, pod.nameSpace},
            {u"spec.nodeName"_s, pod.nodeName},
            {u"spec.restartPolicy"_s, pod.ownerKind == "Job"_L1 ? u"Never"_s : u"Always"_s},
            {u"status.phase"_s, pod.phase},
            {u"status.podIP"_s, pod.podIp}};
}

QJsonObject Kind<Pod>::full(const Pod &pod) const
{
    return podJson(pod);
}

QJsonObject Kind<Pod>::metadata(const Pod &pod) const
{
    return podMetadata(pod);
}

QJsonArray Kind<Pod>::columns() const
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

QJsonArray Kind<Pod>::cells(const Pod &pod, const QDateTime &now) const
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

QStringList Kind<NamespaceObject>::fields() const
{
    return {u"metadata.name"_s, u"status.phase"_s};
}

QMap<QString, QString> Kind<NamespaceObject>::fieldValues(const NamespaceObject &object) const
{
    return {{u"metadata.name"_s, object.name}, {u"status.phase"_s, u"Active"_s}};
}

Labels Kind<NamespaceObject>::labels(const NamespaceObject &object) const
{
    return {{u"kubernetes.io/metadata.name"_s, object.name}};
}

QJsonObject Kind<NamespaceObject>::full(const NamespaceObject &object) const
{
    QJsonObject result = namespaceJson(object);
    result["apiVersion"_L1] = type->apiVersion();
    result["kind"_L1] = type->kind;
    return result;
}

QJsonObject Kind<NamespaceObject>::metadata(const NamespaceObject &object) const
{
    return namespaceMetadata(object);
}

QJsonArray Kind<NamespaceObject>::columns() const
{
    return {column(u"Name"_s, u"string"_s, 0, u"name"_s), column(u"Status"_s, u"string"_s),
            column(u"Age"_s, u"string"_s)};
}

QJsonArray Kind<NamespaceObject>::cells(const NamespaceObject &object, const QDateTime &now) const
{
    return {object.name, u"Active"_s, ageText(object.created, now)};
}

QStringList Kind<ApiObject>::fields() const
{
    return {u"metadata.name"_s, u"metadata.namespace"_s};
}

QMap<QString, QString> Kind<ApiObject>::fieldValues(const ApiObject &object) const
{
    return {{u"metadata.name"_s, object.name}, {u"metadata.namespace"_s, object.nameSpace}};
}

QJsonArray Kind<ApiObject>::columns() const
{
    QJsonArray result;
    for (const ObjectColumn &entry : objectColumns(*type)) {
        result << column(entry.name, entry.isNumber ? u"integer"_s : u"string"_s, entry.wide ? 1 : 0,
                         entry.name == "Name"_L1 ? u"name"_s : QString());
    }
    return result;
}

QJsonArray Kind<ApiObject>::cells(const ApiObject &object, const QDateTime &now) const
{
    QJsonArray result;
    for (const ObjectColumn &entry : objectColumns(*type))
        result << entry.cell(object, now);
    return result;
}

} // namespace Fairlead::Demo
