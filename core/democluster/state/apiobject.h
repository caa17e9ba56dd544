#pragma once

#include "core/democluster/state/pod.h"
#include "core/democluster/state/resourcetypes.h"

#include <QJsonObject>

namespace Fairlead::Demo {

/// A service or an owner of pods: kept as the JSON that the API shows, with what lists need beside it. The members
/// repeat what `body` has under metadata; makeApiObject() reads them from there, and the store sets the version in
/// both.
struct ApiObject {
    const ResourceType *type = nullptr;
    QString nameSpace;
    QString name;
    QString uid;
    quint64 resourceVersion = 0;
    QDateTime created;
    Labels labels;
    QJsonObject body;

    [[nodiscard]] QJsonObject metadata() const { return body.value(u"metadata").toObject(); }
    [[nodiscard]] QJsonObject spec() const { return body.value(u"spec").toObject(); }
    [[nodiscard]] QJsonObject status() const { return body.value(u"status").toObject(); }
};

/// `body` must have metadata.name; kind and apiVersion are set, a missing uid becomes the stable one.
[[nodiscard]] ApiObject makeApiObject(const ResourceType &type, QJsonObject body);
/// Replaces `key` of the body by `value`.
void setPart(ApiObject &object, const QString &key, const QJsonValue &value);
/// Sets the version in both places; for the store.
void setResourceVersion(ApiObject &object, quint64 version);

[[nodiscard]] Labels labelsFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject labelsToJson(const Labels &labels);

/// RFC 3339 in UTC with whole seconds, the form of all times in the API; null for an invalid time.
[[nodiscard]] QJsonValue apiTime(const QDateTime &time);
[[nodiscard]] QDateTime fromApiTime(const QJsonValue &value);

} // namespace Fairlead::Demo
