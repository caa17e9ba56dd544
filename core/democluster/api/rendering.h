#pragma once

#include "core/democluster/api/mediatype.h"
#include "core/democluster/api/resources.h"

#include <QJsonObject>

namespace Fairlead::Demo {

/// How a client wants to see objects; from its Accept header and the includeObject parameter.
struct View {
    Rendering rendering = Rendering::Full;
    QString includeObject = QStringLiteral("Metadata"); ///< of Table rows: None, Metadata, Object
};

struct ListMeta {
    quint64 resourceVersion = 0;
    QString continueToken = {};
    qint64 remaining = 0; ///< 0: not given

    [[nodiscard]] QJsonObject toJson() const;
};

[[nodiscard]] QJsonObject partialMetadata(const QJsonObject &metadata);
[[nodiscard]] QJsonObject tableObject(const QJsonArray &columns, const QJsonArray &rows, const ListMeta &meta);

template <typename T>
[[nodiscard]] QJsonObject tableRow(const Kind<T> &kind, const T &object, const View &view, const QDateTime &now)
{
    QJsonObject row{{QStringLiteral("cells"), kind.cells(object, now)}};
    if (view.includeObject == QLatin1StringView("Object"))
        row.insert(QStringLiteral("object"), kind.full(object));
    else if (view.includeObject != QLatin1StringView("None"))
        row.insert(QStringLiteral("object"), partialMetadata(kind.metadata(object)));
    return row;
}

/// One object, as a get answers and a watch event carries it. A Table in a watch names its columns in the first event
/// only.
template <typename T>
[[nodiscard]] QJsonObject renderOne(const Kind<T> &kind, const T &object, const View &view, const QDateTime &now,
                                    bool withColumns = true)
{
    switch (view.rendering) {
    case Rendering::Full:
        return kind.full(object);
    case Rendering::Partial:
        return partialMetadata(kind.metadata(object));
    case Rendering::Table:
        break;
    }
    return tableObject(withColumns ? kind.columns() : QJsonArray(), {tableRow(kind, object, view, now)},
                       {object.resourceVersion});
}

template <typename T>
[[nodiscard]] QJsonObject renderList(const Kind<T> &kind, const QList<const T *> &objects, const View &view,
                                     const ListMeta &meta, const QDateTime &now)
{
    QJsonArray items;
    for (const T *object : objects) {
        if (view.rendering == Rendering::Table) {
            items << tableRow(kind, *object, view, now);
            continue;
        }
        QJsonObject item = renderOne(kind, *object, view, now);
        if (view.rendering == Rendering::Full) { // a list names the kind once for all its items
            item.remove(QStringLiteral("kind"));
            item.remove(QStringLiteral("apiVersion"));
        }
        items << item;
    }
    if (view.rendering == Rendering::Table)
        return tableObject(kind.columns(), items, meta);
    const bool full = view.rendering == Rendering::Full;
    return {{QStringLiteral("kind"),
             full ? kind.type->kind + QStringLiteral("List") : QStringLiteral("PartialObjectMetadataList")},
            {QStringLiteral("apiVersion"), full ? kind.type->apiVersion() : QStringLiteral("meta.k8s.io/v1")},
            {QStringLiteral("metadata"), meta.toJson()},
            {QStringLiteral("items"), items}};
}

} // namespace Fairlead::Demo
