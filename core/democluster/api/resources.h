#pragma once

#include "core/democluster/api/selectors.h"
#include "core/democluster/state/objectstore.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace Fairlead::Demo {

/// What list, get and watch need to know of a kind, so that they are written once: how its objects are shown and
/// selected, and where the store has them. One specialisation for each way the store keeps objects (see
/// ResourceType::Storage); a value of it is one resource. All functions are pure.
template <typename T>
struct Kind;

template <>
struct Kind<Pod> {
    const ResourceType *type;

    [[nodiscard]] QStringList fields() const;
    [[nodiscard]] QMap<QString, QString> fieldValues(const Pod &pod) const;
    [[nodiscard]] Labels labels(const Pod &pod) const { return pod.labels; }
    [[nodiscard]] QJsonObject full(const Pod &pod) const;
    [[nodiscard]] QJsonObject metadata(const Pod &pod) const;
    [[nodiscard]] QJsonArray columns() const;
    [[nodiscard]] QJsonArray cells(const Pod &pod, const QDateTime &now) const;
    [[nodiscard]] QString nameSpace(const Pod &pod) const { return pod.nameSpace; }
    [[nodiscard]] QString key(const Pod &pod) const { return storeKey(pod.nameSpace, pod.name); }
    [[nodiscard]] const Collection<Pod> &in(const ObjectStore &store) const { return store.pods(); }
};

template <>
struct Kind<NamespaceObject> {
    const ResourceType *type;

    [[nodiscard]] QStringList fields() const;
    [[nodiscard]] QMap<QString, QString> fieldValues(const NamespaceObject &object) const;
    [[nodiscard]] Labels labels(const NamespaceObject &object) const;
    [[nodiscard]] QJsonObject full(const NamespaceObject &object) const;
    [[nodiscard]] QJsonObject metadata(const NamespaceObject &object) const;
    [[nodiscard]] QJsonArray columns() const;
    [[nodiscard]] QJsonArray cells(const NamespaceObject &object, const QDateTime &now) const;
    [[nodiscard]] QString nameSpace(const NamespaceObject &) const { return {}; }
    [[nodiscard]] QString key(const NamespaceObject &object) const { return object.name; }
    [[nodiscard]] const Collection<NamespaceObject> &in(const ObjectStore &store) const { return store.namespaces(); }
};

template <>
struct Kind<ApiObject> {
    const ResourceType *type;

    [[nodiscard]] QStringList fields() const;
    [[nodiscard]] QMap<QString, QString> fieldValues(const ApiObject &object) const;
    [[nodiscard]] Labels labels(const ApiObject &object) const { return object.labels; }
    [[nodiscard]] QJsonObject full(const ApiObject &object) const { return object.body; }
    [[nodiscard]] QJsonObject metadata(const ApiObject &object) const { return object.metadata(); }
    [[nodiscard]] QJsonArray columns() const;
    [[nodiscard]] QJsonArray cells(const ApiObject &object, const QDateTime &now) const;
    [[nodiscard]] QString nameSpace(const ApiObject &object) const { return object.nameSpace; }
    [[nodiscard]] QString key(const ApiObject &object) const { return storeKey(object.nameSpace, object.name); }
    [[nodiscard]] const Collection<ApiObject> &in(const ObjectStore &store) const { return store.objects(*type); }
};

/// Calls `action` with the Kind of the type; a type with Storage::None gives a default-made result.
template <typename Action>
auto withKind(const ResourceType &type, Action action)
{
    switch (type.storage) {
    case ResourceType::Storage::Pods:
        return action(Kind<Pod>{&type});
    case ResourceType::Storage::Namespaces:
    case ResourceType::Storage::Projects:
        return action(Kind<NamespaceObject>{&type});
    case ResourceType::Storage::Objects:
        return action(Kind<ApiObject>{&type});
    case ResourceType::Storage::None:
        break;
    }
    return decltype(action(Kind<Pod>{&type}))();
}

/// Says of an object's key whether the asker sees it; empty: everything that the list holds.
using Visibility = std::function<bool(const QString &key)>;

/// Both selectors of a list or watch.
struct Selection {
    QString nameSpace; ///< empty: all
    LabelSelector labels;
    FieldSelector fields;
    Visibility visible = {};

    [[nodiscard]] bool selectsAll() const { return labels.isEmpty() && fields.isEmpty() && !visible; }

    template <typename T>
    [[nodiscard]] bool contains(const Kind<T> &kind, const T &object) const
    {
        return (nameSpace.isEmpty() || kind.nameSpace(object) == nameSpace) && (!visible || visible(kind.key(object)))
            && (labels.isEmpty() || labels.matches(kind.labels(object)))
            && (fields.isEmpty() || fields.matches(kind.fieldValues(object)));
    }
};

} // namespace Fairlead::Demo
