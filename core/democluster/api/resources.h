#pragma once

#include "core/democluster/api/selectors.h"
#include "core/democluster/state/objectstore.h"

#include <QJsonArray>
#include <QJsonObject>

namespace Fairlead::Demo {

/// What list, get and watch need to know of a kind, so that they are written once: how it is named, shown and selected.
/// One specialisation for pods, one for namespaces; all functions are pure.
template <typename T>
struct Kind;

template <>
struct Kind<Pod> {
    static QString kind() { return QStringLiteral("Pod"); }
    static QString resource() { return QStringLiteral("pods"); }
    static QStringList fields();
    static QMap<QString, QString> fieldValues(const Pod &pod);
    static Labels labels(const Pod &pod) { return pod.labels; }
    static QJsonObject full(const Pod &pod);
    static QJsonObject metadata(const Pod &pod);
    static QJsonArray columns();
    static QJsonArray cells(const Pod &pod, const QDateTime &now);
    static QString nameSpace(const Pod &pod) { return pod.nameSpace; }
    /// Where the object stands in a list; continue tokens hold it.
    static QString key(const Pod &pod) { return pod.nameSpace + QLatin1Char('/') + pod.name; }
    static QList<Pod> all(const ObjectStore &store, const QString &nameSpace) { return store.pods(nameSpace); }
    static const std::deque<Change<Pod>> &log(const ObjectStore &store) { return store.podLog(); }
};

template <>
struct Kind<NamespaceObject> {
    static QString kind() { return QStringLiteral("Namespace"); }
    static QString resource() { return QStringLiteral("namespaces"); }
    static QStringList fields();
    static QMap<QString, QString> fieldValues(const NamespaceObject &object);
    static Labels labels(const NamespaceObject &object);
    static QJsonObject full(const NamespaceObject &object);
    static QJsonObject metadata(const NamespaceObject &object);
    static QJsonArray columns();
    static QJsonArray cells(const NamespaceObject &object, const QDateTime &now);
    static QString nameSpace(const NamespaceObject &) { return {}; }
    static QString key(const NamespaceObject &object) { return object.name; }
    static QList<NamespaceObject> all(const ObjectStore &store, const QString &nameSpace);
    static const std::deque<Change<NamespaceObject>> &log(const ObjectStore &store) { return store.namespaceLog(); }
};

/// Both selectors of a list or watch.
struct Selection {
    QString nameSpace; ///< empty: all
    LabelSelector labels;
    FieldSelector fields;

    template <typename T>
    [[nodiscard]] bool contains(const T &object) const
    {
        return (nameSpace.isEmpty() || Kind<T>::nameSpace(object) == nameSpace)
            && labels.matches(Kind<T>::labels(object)) && fields.matches(Kind<T>::fieldValues(object));
    }
};

} // namespace Fairlead::Demo
