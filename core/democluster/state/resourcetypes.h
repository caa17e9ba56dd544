#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace Fairlead::Demo {

/// How a kind is named in the API, and where the store keeps its objects.
struct ResourceType {
    enum class Storage {
        Pods,
        Namespaces,
        Projects, ///< the namespaces again, those that the asker sees
        Objects, ///< as JSON, see ApiObject
        None ///< a list that is always empty
    };

    QString group; ///< empty: core
    QString resource; ///< the plural, as in paths
    QString singular;
    QString kind;
    bool namespaced = true;
    QStringList shortNames;
    QStringList verbs;
    Storage storage = Storage::Objects;
    /// apiVersion of the Scale object behind `.../scale`; empty: there is no such subresource.
    QString scaleVersion = {};

    [[nodiscard]] QString apiVersion() const
    {
        return group.isEmpty() ? QStringLiteral("v1") : group + QStringLiteral("/v1");
    }
    [[nodiscard]] bool allows(const QString &verb) const { return verbs.contains(verb); }
};

/// OpenShift's group of projects, which a cluster of plain Kubernetes does not have.
[[nodiscard]] const QString &projectGroup();
/// Everything that can be listed: pods, namespaces, services and the owners of pods, in the order of discovery. The
/// entries live as long as the program, so pointers to them may be kept and compared.
[[nodiscard]] const QList<ResourceType> &resourceTypes();
/// nullptr if there is none.
[[nodiscard]] const ResourceType *findResourceType(const QString &group, const QString &resource);
/// By kind ("Deployment"), plural, singular or short name, as people write a type; nullptr if there is none.
[[nodiscard]] const ResourceType *findResourceTypeByWord(const QString &word);
/// One of those above that the program itself names; it must exist.
[[nodiscard]] const ResourceType &resourceType(const QString &kind);

} // namespace Fairlead::Demo
