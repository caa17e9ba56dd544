#pragma once

#include "core/democluster/state/pod.h"

#include <QObject>

#include <deque>
#include <map>
#include <optional>

namespace Fairlead::Demo {

/// One change of a pod or a namespace, as watches see it.
template <typename T>
struct Change {
    enum class Type { Added, Modified, Deleted };
    Type type;
    quint64 resourceVersion;
    T object;
    std::optional<T> before; ///< for selectors: an object may leave or enter what a watch selects
};
using PodChange = Change<Pod>;
using NamespaceChange = Change<NamespaceObject>;

/// The state of the demo cluster: namespaces and pods under one growing resource version, and a log of the last changes
/// from which watches resume. Order of all lists: namespace, then name, as etcd's keys give it.
/// Belongs to the cluster's thread. Errors: none; unknown objects are nullptr or ignored.
class ObjectStore final : public QObject
{
    Q_OBJECT

public:
    /// A watch that asks for something older than this many changes has to list again (410).
    static constexpr std::size_t LogSize = 1000;

    explicit ObjectStore(QObject *parent = nullptr);

    [[nodiscard]] quint64 resourceVersion() const { return m_version; }
    /// The oldest version from which every later change is still known.
    [[nodiscard]] quint64 oldestResumable() const { return m_oldestResumable; }

    void addNamespace(const QString &name, const QDateTime &created);
    [[nodiscard]] const NamespaceObject *findNamespace(const QString &name) const;
    [[nodiscard]] const std::map<QString, NamespaceObject> &namespaces() const { return m_namespaces; }

    /// Adds the pod, or replaces the one of that name; sets its resource version.
    void putPod(Pod pod);
    void removePod(const QString &nameSpace, const QString &name);
    [[nodiscard]] const Pod *findPod(const QString &nameSpace, const QString &name) const;
    /// Of one namespace, or of all if `nameSpace` is empty.
    [[nodiscard]] QList<Pod> pods(const QString &nameSpace) const;

    [[nodiscard]] const std::deque<PodChange> &podLog() const { return m_podLog; }
    [[nodiscard]] const std::deque<NamespaceChange> &namespaceLog() const { return m_namespaceLog; }

signals:
    /// Something was appended to a log.
    void changed();

private:
    using PodKey = std::pair<QString, QString>;
    template <typename T>
    void append(std::deque<Change<T>> &log, Change<T> change);

    quint64 m_version = 100000; ///< a number of the size that people see on real clusters
    quint64 m_oldestResumable = m_version;
    std::map<QString, NamespaceObject> m_namespaces;
    std::map<PodKey, Pod> m_pods;
    std::deque<PodChange> m_podLog;
    std::deque<NamespaceChange> m_namespaceLog;
};

} // namespace Fairlead::Demo
