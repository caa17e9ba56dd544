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
[[nodiscard]] QJsonObject tableRow(const T &object, const View &view, const QDateTime &now)
{
    QJsonObject row{{QStringLiteral("cells"), Kind<T>::cells(object, now)}};
    if (view.includeObject == QLatin1StringView("Object"))
        row.insert(QStringLiteral("object"), Kind<T>::full(object));
    else if (view.includeObject != QLatin1StringView("None"))
        row.insert(QStringLiteral("object"), partialMetadata(Kind<T>::metadata(object)));
    return row;
}

/// One object, as a get answers and a watch event carries it. A Table in a watch names its columns in the first event
/// only.
template <typename T>
[[nodiscard]] QJsonObject renderOne(const T &object, const View &view, const QDateTime &now, bool withColumns = true)
{
    switch (view.rendering) {
    case Rendering::Full:
        return Kind<T>::full(object);
    case Rendering::Partial:
        return partialMetadata(Kind<T>::metadata(object));
    case Rendering::Table:
        break;
    }
    return tableObject(withColumns ? Kind<T>::columns() : QJsonArray(), {tableRow(object, view, now)},
                       {object.resourceVersion});
}

template <typename T>
[[nodiscard]] QJsonObject renderList(const QList<T> &objects, const View &view, const ListMeta &meta,
                                     const QDateTime &now)
{
    QJsonArray items;
    for (const T &object : objects) {
        if (view.rendering == Rendering::Table) {
            items << tableRow(object, view, now);
            continue;
        }
        QJsonObject item = renderOne(object, view, now);
        if (view.rendering == Rendering::Full) { // a list names the kind once for all its items
            item.remove(QStringLiteral("kind"));
            item.remove(QStringLiteral("apiVersion"));
        }
        items << item;
    }
    if (view.rendering == Rendering::Table)
        return tableObject(Kind<T>::columns(), items, meta);
    const bool full = view.rendering == Rendering::Full;
    return {{QStringLiteral("kind"),
             full ? Kind<T>::kind() + QStringLiteral("List") : QStringLiteral("PartialObjectMetadataList")},
            {QStringLiteral("apiVersion"), full ? QStringLiteral("v1") : QStringLiteral("meta.k8s.io/v1")},
            {QStringLiteral("metadata"), meta.toJson()},
            {QStringLiteral("items"), items}};
}

} // namespace Fairlead::Demo
