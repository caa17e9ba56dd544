#include "core/democluster/api/reviews.h"

#include "core/democluster/api/protobufreview.h"
#include "core/support/result.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr int Created = 201;

AccessAttributes readAttributes(const QJsonObject &spec)
{
    if (spec.contains("nonResourceAttributes"_L1)) {
        const QJsonObject wanted = spec.value("nonResourceAttributes"_L1).toObject();
        return {wanted.value("verb"_L1).toString(), {}, {}, {}, {}, {}, wanted.value("path"_L1).toString()};
    }
    const QJsonObject wanted = spec.value("resourceAttributes"_L1).toObject();
    const auto text = [&wanted](QLatin1StringView key) { return wanted.value(key).toString(); };
    return {text("verb"_L1),
            text("group"_L1),
            text("resource"_L1),
            text("subresource"_L1),
            text("namespace"_L1),
            text("name"_L1),
            {}};
}

QJsonObject accessStatus(const QJsonObject &spec, const User &user)
{
    const bool allowed = user.mayDo(readAttributes(spec));
    QJsonObject status{{u"allowed"_s, allowed}};
    if (allowed)
        status.insert(u"reason"_s, u"RBAC: allowed by the demo cluster's role of user \"%1\""_s.arg(user.name));
    return status;
}

QJsonObject rulesStatus(const QJsonObject &spec, const User &user)
{
    const QString nameSpace = spec.value("namespace"_L1).toString();
    QJsonArray rules;
    for (const AccessRule &rule : user.rules) {
        if (!rule.nameSpace.isEmpty() && rule.nameSpace != nameSpace)
            continue;
        rules << QJsonObject{{u"verbs"_s, QJsonArray::fromStringList(rule.verbs)},
                             {u"apiGroups"_s, QJsonArray::fromStringList(rule.groups)},
                             {u"resources"_s, QJsonArray::fromStringList(rule.resources)}};
    }
    const QJsonObject discovery{
        {u"verbs"_s, QJsonArray{u"get"_s}},
        {u"nonResourceURLs"_s, QJsonArray{u"/api"_s, u"/api/*"_s, u"/apis"_s, u"/apis/*"_s, u"/version"_s}}};
    return {{u"resourceRules"_s, rules}, {u"nonResourceRules"_s, QJsonArray{discovery}}, {u"incomplete"_s, false}};
}

QJsonObject identityStatus(const User &user)
{
    return {{u"userInfo"_s,
             QJsonObject{{u"username"_s, user.name},
                         {u"uid"_s, user.uid},
                         {u"groups"_s, QJsonArray::fromStringList(user.groups)}}}};
}

QJsonObject statusFor(const QString &resource, const QJsonObject &spec, const User &user)
{
    if (resource == "selfsubjectaccessreviews"_L1)
        return accessStatus(spec, user);
    if (resource == "selfsubjectrulesreviews"_L1)
        return rulesStatus(spec, user);
    return identityStatus(user);
}

Result<QJsonObject, ApiStatus> readReview(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    if (type == "application/vnd.kubernetes.protobuf") {
        if (auto review = reviewFromProtobuf(body))
            return std::move(*review);
        return Failure{badRequest(u"the object provided is unrecognized: no self-subject review in protobuf"_s)};
    }
    if (!type.isEmpty() && type != "application/json")
        return Failure{unsupportedMediaType()};
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (!document.isObject())
        return Failure{badRequest(u"the object provided is unrecognized: %1"_s.arg(error.errorString()))};
    return document.object();
}

} // namespace

Response answerReview(const QString &resource, const QByteArray &contentType, const QByteArray &body, const User &user)
{
    Result<QJsonObject, ApiStatus> read = readReview(contentType, body);
    if (!read)
        return toResponse(read.error());
    QJsonObject review = std::move(*read);
    const QJsonObject spec = review.value("spec"_L1).toObject();
    if (resource == "selfsubjectaccessreviews"_L1 && !spec.contains("resourceAttributes"_L1)
        && !spec.contains("nonResourceAttributes"_L1)) {
        return toResponse({422, u"Invalid"_s,
                           u"SelfSubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.resourceAttributes: "
                           "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be "
                           "specified"_s});
    }
    review.insert(u"metadata"_s, QJsonObject());
    review.insert(u"status"_s, statusFor(resource, spec, user));
    return jsonResponse(review, Created);
}

} // namespace Fairlead::Demo
