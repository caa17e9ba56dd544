#include "core/democluster/api/apistatus.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

ApiStatus unauthorized()
{
    return {401, u"Unauthorized"_s, u"Unauthorized"_s};
}

ApiStatus forbidden(const QString &message)
{
    return {403, u"Forbidden"_s, message};
}

ApiStatus notFound(const ResourceType &type, const QString &name)
{
    const QString what = type.group.isEmpty() ? type.resource : type.resource + u'.' + type.group;
    QJsonObject details{{u"name"_s, name}, {u"kind"_s, type.resource}};
    if (!type.group.isEmpty())
        details.insert(u"group"_s, type.group);
    return {404, u"NotFound"_s, u"%1 \"%2\" not found"_s.arg(what, name), details};
}

ApiStatus unknownResource()
{
    return {404, u"NotFound"_s, u"the server could not find the requested resource"_s};
}

ApiStatus badRequest(const QString &message)
{
    return {400, u"BadRequest"_s, message};
}

ApiStatus internalError(const QString &message)
{
    return {500, u"InternalError"_s, u"Internal error occurred: "_s + message};
}

ApiStatus methodNotAllowed()
{
    return {405, u"MethodNotAllowed"_s, u"the server does not allow this method on the requested resource"_s};
}

ApiStatus notAcceptable()
{
    return {406, u"NotAcceptable"_s, u"only the following media types are accepted: application/json"_s};
}

ApiStatus unsupportedMediaType()
{
    return {415, u"UnsupportedMediaType"_s,
            u"the body of the request was in an unknown format - accepted media types include: application/json, "
            "application/vnd.kubernetes.protobuf"_s};
}

ApiStatus expired(quint64 asked, quint64 oldest)
{
    return {410, u"Expired"_s, u"too old resource version: %1 (%2)"_s.arg(asked).arg(oldest)};
}

QJsonObject toJson(const ApiStatus &status)
{
    QJsonObject object{{u"kind"_s, u"Status"_s},    {u"apiVersion"_s, u"v1"_s},     {u"metadata"_s, QJsonObject()},
                       {u"status"_s, u"Failure"_s}, {u"message"_s, status.message}, {u"code"_s, status.code}};
    if (!status.reason.isEmpty())
        object.insert(u"reason"_s, status.reason);
    if (!status.details.isEmpty())
        object.insert(u"details"_s, status.details);
    return object;
}

Response toResponse(const ApiStatus &status)
{
    return jsonResponse(toJson(status), status.code);
}

Response jsonResponse(const QJsonObject &object, int code)
{
    return {code, "application/json", QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n'};
}

Response textResponse(int code, const QByteArray &text)
{
    return {code, "text/plain; charset=utf-8", text};
}

QByteArray reasonPhrase(int code)
{
    switch (code) {
    case 101:
        return "Switching Protocols";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 413:
        return "Request Entity Too Large";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Entity";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Status";
    }
}

} // namespace Fairlead::Demo
