#include "core/democluster/state/objectstore.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

ObjectStore::ObjectStore(QObject *parent)
    : QObject(parent)
{
}

template <typename T>
void ObjectStore::append(std::deque<Change<T>> &log, Change<T> change)
{
    log.push_back(std::move(change));
    if (log.size() > LogSize) {
        m_oldestResumable = std::max(m_oldestResumable, log.front().resourceVersion);
        log.pop_front();
    }
    emit changed();
}

void ObjectStore::addNamespace(const QString &name, const QDateTime &created)
{
    if (m_namespaces.contains(name))
        return;
    const NamespaceObject object{name, stableUid(u"namespace"_s, {}, name), ++m_version, created};
    m_namespaces.emplace(name, object);
    append(m_namespaceLog, NamespaceChange{NamespaceChange::Type::Added, m_version, object, {}});
}

const NamespaceObject *ObjectStore::findNamespace(const QString &name) const
{
    const auto found = m_namespaces.find(name);
    return found == m_namespaces.end() ? nullptr : &found->second;
}

void ObjectStore::putPod(Pod pod)
{
    pod.resourceVersion = ++m_version;
    const PodKey key(pod.nameSpace, pod.name);
    PodChange change{PodChange::Type::Added, m_version, pod, {}};
    if (const auto found = m_pods.find(key); found != m_pods.end()) {
        change.type = PodChange::Type::Modified;
        change.before = found->second;
    }
    m_pods.insert_or_assign(key, std::move(pod));
    append(m_podLog, std::move(change));
}

void ObjectStore::removePod(const QString &nameSpace, const QString &name)
{
    const auto found = m_pods.find({nameSpace, name});
    if (found == m_pods.end())
        return;
    Pod last = found->second;
    m_pods.erase(found);
    PodChange change{PodChange::Type::Deleted, ++m_version, last, last};
    change.object.resourceVersion = m_version;
    append(m_podLog, std::move(change));
}

const Pod *ObjectStore::findPod(const QString &nameSpace, const QString &name) const
{
    const auto found = m_pods.find({nameSpace, name});
    return found == m_pods.end() ? nullptr : &found->second;
}

QList<Pod> ObjectStore::pods(const QString &nameSpace) const
{
    QList<Pod> result;
    for (const auto &[key, pod] : m_pods) {
        if (nameSpace.isEmpty() || key.first == nameSpace)
            result << pod;
    }
    return result;
}

} // namespace Fairlead::Demo
