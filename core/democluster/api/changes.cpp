#include "core/democluster/api/changes.h"

#include "core/democluster/api/jsonpatch.h"
#include "core/democluster/api/podjson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr int MsPerSecond = 1000;

Result<QJsonObject, ApiStatus> readObject(const QByteArray &body)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (!document.isObject())
        return Failure{badRequest(u"the object provided is unrecognized: %1"_s.arg(error.errorString()))};
    return document.object();
}

/// The object that a PUT names, or that a PATCH makes of the present one.
Result<QJsonObject, ApiStatus> wantedBody(const ChangeRequest &request, const QJsonObject &current)
{
    const Result<QJsonObject, ApiStatus> body = readObject(request.body);
    if (!body || request.info.verb == "update"_L1)
        return body;
    const QByteArray type = request.contentType.split(';').first().trimmed().toLower();
    if (type == "application/merge-patch+json")
        return mergePatch(current, *body).toObject();
    if (type == "application/strategic-merge-patch+json")
        return strategicMergePatch(current, *body).toObject();
    return Failure{ApiStatus{415, u"UnsupportedMediaType"_s,
                             u"the body of the request was in an unknown format - accepted media types include: "
                             "application/merge-patch+json, application/strategic-merge-patch+json"_s}};
}

/// From the query or the body (DeleteOptions); less than 0: not given.
int graceMs(const ChangeRequest &request)
{
    const QJsonValue inBody = QJsonDocument::fromJson(request.body)["gracePeriodSeconds"_L1];
    const QString inQuery = request.info.parameter(u"gracePeriodSeconds"_s);
    if (inQuery.isEmpty() && !inBody.isDouble())
        return -1;
    const int seconds = inQuery.isEmpty() ? inBody.toInt() : inQuery.toInt();
    // what was asked for is an upper limit: the demo programs end sooner
    return seconds <= 0 ? 0 : -1;
}

Response deletedStatus(const ResourceType &type, const QString &name)
{
    return jsonResponse({{u"kind"_s, u"Status"_s},
                         {u"apiVersion"_s, u"v1"_s},
                         {u"metadata"_s, QJsonObject()},
                         {u"status"_s, u"Success"_s},
                         {u"details"_s, QJsonObject{{u"name"_s, name}, {u"kind"_s, type.resource}}}});
}

Response answerDelete(const ChangeRequest &request, const ResourceType &type, const ObjectStore &store,
                      ClusterEditor &editor)
{
    const QString &ns = request.info.nameSpace;
    const QString &name = request.info.name;
    if (type.storage != ResourceType::Storage::Pods)
        return editor.deleteObject(type, ns, name) ? deletedStatus(type, name) : toResponse(notFound(type, name));
    const Pod *pod = store.findPod(ns, name);
    if (!pod)
        return toResponse(notFound(type, name));
    const Pod last = *pod;
    editor.deletePod(ns, name, graceMs(request));
    const Pod *now = store.findPod(ns, name);
    return jsonResponse(podJson(now ? *now : last));
}

Response objectResponse(const ClusterEditor::Outcome &outcome)
{
    return outcome ? jsonResponse(outcome->body) : toResponse(outcome.error());
}

QString selectorText(const QJsonObject &spec)
{
    const QJsonObject selector = spec.value("selector"_L1).toObject();
    const QJsonValue labels = selector.value("matchLabels"_L1);
    const QJsonObject plain = labels.isObject() ? labels.toObject() : selector;
    QStringList parts;
    for (auto it = plain.constBegin(); it != plain.constEnd(); ++it)
        parts << it.key() + u'=' + it.value().toString();
    return parts.join(u',');
}

QJsonObject scaleObject(const ApiObject &object)
{
    QJsonObject metadata;
    for (const QString &key : {u"name"_s, u"namespace"_s, u"uid"_s, u"resourceVersion"_s, u"creationTimestamp"_s})
        metadata.insert(key, object.metadata().value(key));
    return {{u"kind"_s, u"Scale"_s},
            {u"apiVersion"_s, object.type->scaleVersion},
            {u"metadata"_s, metadata},
            {u"spec"_s, QJsonObject{{u"replicas"_s, object.spec().value("replicas"_L1).toInt(1)}}},
            {u"status"_s,
             QJsonObject{{u"replicas"_s, object.status().value("replicas"_L1).toInt()},
                         {u"selector"_s, selectorText(object.spec())}}}};
}

} // namespace

Response answerChange(const ChangeRequest &request, const ResourceType &type, const ObjectStore &store,
                      ClusterEditor &editor)
{
    if (!type.allows(request.info.verb))
        return toResponse(methodNotAllowed());
    if (request.info.verb == "delete"_L1)
        return answerDelete(request, type, store, editor);
    const ApiObject *found = store.findObject(type, request.info.nameSpace, request.info.name);
    if (!found)
        return toResponse(notFound(type, request.info.name));
    const ApiObject current = *found;
    const Result<QJsonObject, ApiStatus> wanted = wantedBody(request, current.body);
    return wanted ? objectResponse(editor.replace(current, *wanted)) : toResponse(wanted.error());
}

Response answerScale(const ChangeRequest &request, const ResourceType &type, const ObjectStore &store,
                     ClusterEditor &editor)
{
    const ApiObject *found = store.findObject(type, request.info.nameSpace, request.info.name);
    if (type.scaleVersion.isEmpty())
        return toResponse(unknownResource());
    if (!found)
        return toResponse(notFound(type, request.info.name));
    const ApiObject current = *found;
    if (request.info.verb == "get"_L1)
        return jsonResponse(scaleObject(current));
    if (request.info.verb != "update"_L1 && request.info.verb != "patch"_L1)
        return toResponse(methodNotAllowed());
    const Result<QJsonObject, ApiStatus> wanted = wantedBody(request, scaleObject(current));
    if (!wanted)
        return toResponse(wanted.error());
    QJsonObject body = current.body;
    QJsonObject spec = current.spec();
    spec.insert(u"replicas"_s, wanted->value("spec"_L1)["replicas"_L1].toInt());
    body.insert(u"spec"_s, spec);
    const ClusterEditor::Outcome outcome = editor.replace(current, body);
    return outcome ? jsonResponse(scaleObject(*outcome)) : toResponse(outcome.error());
}

} // namespace Fairlead::Demo
