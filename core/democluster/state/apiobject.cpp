#include "core/democluster/state/apiobject.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

ApiObject makeApiObject(const ResourceType &type, QJsonObject body)
{
    QJsonObject metadata = body.value("metadata"_L1).toObject();
    ApiObject object;
    object.type = &type;
    object.nameSpace = metadata.value("namespace"_L1).toString();
    object.name = metadata.value("name"_L1).toString();
    object.uid = metadata.value("uid"_L1).toString();
    if (object.uid.isEmpty())
        object.uid = stableUid(type.kind, object.nameSpace, object.name);
    object.created = fromApiTime(metadata.value("creationTimestamp"_L1));
    object.labels = labelsFromJson(metadata.value("labels"_L1).toObject());
    metadata.insert(u"uid"_s, object.uid);
    body.insert(u"kind"_s, type.kind);
    body.insert(u"apiVersion"_s, type.apiVersion());
    body.insert(u"metadata"_s, metadata);
    object.body = std::move(body);
    return object;
}

void setPart(ApiObject &object, const QString &key, const QJsonValue &value)
{
    object.body.insert(key, value);
}

void setResourceVersion(ApiObject &object, quint64 version)
{
    object.resourceVersion = version;
    QJsonObject metadata = object.metadata();
    metadata.insert(u"resourceVersion"_s, QString::number(version));
    object.body.insert(u"metadata"_s, metadata);
}

Labels labelsFromJson(const QJsonObject &object)
{
    Labels labels;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        labels.insert(it.key(), it.value().toString());
    return labels;
}

QJsonObject labelsToJson(const Labels &labels)
{
    QJsonObject object;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QJsonValue apiTime(const QDateTime &time)
{
    if (!time.isValid())
        return QJsonValue::Null;
    return time.toUTC().toString(u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s);
}

QDateTime fromApiTime(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODate);
}

} // namespace Fairlead::Demo
