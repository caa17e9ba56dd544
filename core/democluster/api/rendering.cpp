#include "core/democluster/api/rendering.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

QJsonObject ListMeta::toJson() const
{
    QJsonObject meta{{u"resourceVersion"_s, QString::number(resourceVersion)}};
    if (!continueToken.isEmpty())
        meta.insert(u"continue"_s, continueToken);
    if (remaining > 0)
        meta.insert(u"remainingItemCount"_s, remaining);
    return meta;
}

QJsonObject partialMetadata(const QJsonObject &metadata)
{
    return {{u"kind"_s, u"PartialObjectMetadata"_s}, {u"apiVersion"_s, u"meta.k8s.io/v1"_s}, {u"metadata"_s, metadata}};
}

QJsonObject tableObject(const QJsonArray &columns, const QJsonArray &rows, const ListMeta &meta)
{
    return {{u"kind"_s, u"Table"_s},
            {u"apiVersion"_s, u"meta.k8s.io/v1"_s},
            {u"metadata"_s, meta.toJson()},
            {u"columnDefinitions"_s, columns},
            {u"rows"_s, rows}};
}

} // namespace Fairlead::Demo
