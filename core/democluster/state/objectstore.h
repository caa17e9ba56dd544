#pragma once

#include "core/democluster/state/apiobject.h"
#include "core/democluster/state/collection.h"
#include "core/democluster/state/pod.h"

#include <QObject>

#include <map>

namespace Fairlead::Demo {

using PodChange = Change<Pod>;

/// The state of the demo cluster: namespaces, pods, services and owners under one growing resource version, and for
/// each kind a log of the last changes from which watches resume. Order of all lists: that of etcd's keys. Belongs to
/// the cluster's thread. Errors: none; unknown objects are nullptr or ignored.
class ObjectStore final : public QObject
{
    Q_OBJECT

public:
    /// A watch that asks for something older than this many changes of its kind has to list again (410).
    static constexpr std::size_t LogSize = 1000;

    explicit ObjectStore(QObject *parent = nullptr);

    [[nodiscard]] quint64 resourceVersion() const { return m_version; }
    /// For a cluster with many more pods than LogSize that change all the time.
    void setLogSize(std::size_t size) { m_logSize = size; }

    void addNamespace(const QString &name, const QDateTime &created);
    [[nodiscard]] const NamespaceObject *findNamespace(const QString &name) const { return m_namespaces.find(name); }
    [[nodiscard]] const Collection<NamespaceObject> &namespaces() const { return m_namespaces; }

    /// Adds the pod, or replaces the one of that name; sets its resource version.
    void putPod(Pod pod);
    void removePod(const QString &nameSpace, const QString &name);
    [[nodiscard]] const Pod *findPod(const QString &nameSpace, const QString &name) const;
    [[nodiscard]] const Collection<Pod> &pods() const { return m_pods; }

    /// Adds or replaces an object of its type; sets its resource version.
    void putObject(ApiObject object);
    void removeObject(const ResourceType &type, const QString &nameSpace, const QString &name);
    [[nodiscard]] const ApiObject *findObject(const ResourceType &type, const QString &nameSpace,
                                              const QString &name) const;
    /// Of a type with Storage::Objects; one without any object is empty.
    [[nodiscard]] const Collection<ApiObject> &objects(const ResourceType &type) const;

signals:
    /// Something was appended to a log.
    void changed();
    void podChanged(const Fairlead::Demo::Pod &pod);
    void objectChanged(const Fairlead::Demo::ApiObject &object);

private:
    quint64 m_version = FirstVersion;
    std::size_t m_logSize = LogSize;
    Collection<NamespaceObject> m_namespaces;
    Collection<Pod> m_pods;
    std::map<const ResourceType *, Collection<ApiObject>> m_objects;
};

} // namespace Fairlead::Demo
