#include "core/democluster/control/clusterworld.h"

#include "core/democluster/builtin/demoservices.h"
#include "core/democluster/control/ownedpods.h"
#include "core/democluster/state/demopods.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

ClusterWorld::ClusterWorld(const Clock &clock, const Pace &pace)
    : m_clock(clock)
    , m_agent(m_store, m_programs, clock, pace)
    , m_factory(m_store, clock)
    , m_controllers(m_store, m_agent, m_factory, clock)
    , m_editor(m_store, m_agent, clock)
    , m_fakes(m_store, m_factory, clock)
{
}

void ClusterWorld::fill(const Declared &declared, const FakeLoad &fakes)
{
    const QDateTime now = m_clock.now();
    for (const DemoNamespace &ns : demoNamespaces(now))
        m_store.addNamespace(ns.name, ns.created);
    addPods(declared.pods);
    addOwners();
    for (const ServiceSpec &service : demoServices(now))
        m_store.putObject(makeService(service));
    for (const ServiceSpec &service : declared.services) {
        m_store.addNamespace(service.nameSpace, now);
        m_store.putObject(makeService(service));
    }
    m_fakes.fill(fakes);
}

void ClusterWorld::addPods(const QList<Pod> &declared)
{
    const auto isDeclared = [&declared](const Pod &pod) {
        return std::any_of(declared.begin(), declared.end(), [&pod](const Pod &other) {
            const bool sameOwner = !pod.ownerKind.isEmpty() && rootOwner(other) == rootOwner(pod);
            return sameOwner || (other.name == pod.name && other.nameSpace == pod.nameSpace);
        });
    };
    const QDateTime now = m_clock.now();
    for (const BuiltinPod &pod : demoPods(now)) {
        if (!isDeclared(pod.pod))
            m_agent.adopt(pod);
    }
    for (const Pod &pod : declared) {
        m_store.addNamespace(pod.nameSpace, now);
        m_agent.adopt({pod, PodBehaviour::Steady});
    }
}

/// Pods of sets carry the revision of their template, which is known once the set is.
void ClusterWorld::addOwners()
{
    QList<Pod> pods;
    m_store.pods().visit({}, {}, [&pods](const Pod &pod) {
        pods << pod;
        return true;
    });
    for (const Pod &pod : std::as_const(pods))
        m_factory.learn(pod);
    for (const ApiObject &owner : ownersOf(pods)) {
        m_store.putObject(owner);
        if (owner.type->kind != "StatefulSet"_L1 && owner.type->kind != "DaemonSet"_L1)
            continue;
        for (Pod &pod : ownedPods(owner, m_store)) {
            pod.labels.insert(revisionLabel(), revisionOf(owner));
            m_store.putPod(pod);
        }
    }
}

QStringList ClusterWorld::podsOf(const ApiObject &owner, bool readyOnly) const
{
    QList<Pod> pods = ownedPods(owner, m_store);
    for (const ApiObject &child : childrenOf(owner, m_store))
        pods += ownedPods(child, m_store);
    QStringList names;
    for (const Pod &pod : std::as_const(pods)) {
        if (!pod.deletion.isValid() && (!readyOnly || isReady(pod)))
            names << pod.name;
    }
    names.sort();
    return names;
}

} // namespace Fairlead::Demo
