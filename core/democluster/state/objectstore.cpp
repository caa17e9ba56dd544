#include "core/democluster/state/objectstore.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

ObjectStore::ObjectStore(QObject *parent)
    : QObject(parent)
{
}

void ObjectStore::addNamespace(const QString &name, const QDateTime &created)
{
    if (m_namespaces.find(name))
        return;
    m_namespaces.put(name, {name, stableUid(u"namespace"_s, {}, name), ++m_version, created}, m_logSize);
    emit changed();
}

void ObjectStore::putPod(Pod pod)
{
    pod.resourceVersion = ++m_version;
    m_pods.put(storeKey(pod.nameSpace, pod.name), pod, m_logSize);
    emit podChanged(pod);
    emit changed();
}

void ObjectStore::removePod(const QString &nameSpace, const QString &name)
{
    const QString key = storeKey(nameSpace, name);
    const Pod *found = m_pods.find(key);
    if (!found)
        return;
    Pod last = *found;
    last.resourceVersion = ++m_version;
    m_pods.remove(key, last, m_logSize);
    emit podChanged(last);
    emit changed();
}

const Pod *ObjectStore::findPod(const QString &nameSpace, const QString &name) const
{
    return m_pods.find(storeKey(nameSpace, name));
}

void ObjectStore::putObject(ApiObject object)
{
    setResourceVersion(object, ++m_version);
    m_objects[object.type].put(storeKey(object.nameSpace, object.name), object, m_logSize);
    emit objectChanged(object);
    emit changed();
}

void ObjectStore::removeObject(const ResourceType &type, const QString &nameSpace, const QString &name)
{
    const ApiObject *found = findObject(type, nameSpace, name);
    if (!found)
        return;
    ApiObject last = *found;
    setResourceVersion(last, ++m_version);
    m_objects[&type].remove(storeKey(nameSpace, name), last, m_logSize);
    emit objectChanged(last);
    emit changed();
}

const ApiObject *ObjectStore::findObject(const ResourceType &type, const QString &nameSpace, const QString &name) const
{
    return objects(type).find(storeKey(nameSpace, name));
}

const Collection<ApiObject> &ObjectStore::objects(const ResourceType &type) const
{
    static const Collection<ApiObject> empty;
    const auto found = m_objects.find(&type);
    return found == m_objects.end() ? empty : found->second;
}

} // namespace Fairlead::Demo
