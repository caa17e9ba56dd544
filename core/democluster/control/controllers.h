#pragma once

#include "core/democluster/control/podfactory.h"
#include "core/democluster/node/nodeagent.h"

#include <QObject>
#include <QSet>

namespace Fairlead::Demo {

/// What the controllers work with.
struct ControllerTools {
    ObjectStore &store;
    NodeAgent &agent;
    PodFactory &factory;
    const Clock &clock;
};

/// The controller manager of the demo cluster: whenever an owner or one of its pods has changed, the owner is looked at
/// once in the next round of the event loop and brought a step closer to what its spec says. Each kind's rules are a
/// function of their own (replicas.h, rollout.h, sets.h), which only looks at the store, so an order of events that
/// nobody thought of cannot confuse it. Lives in the cluster's thread.
class Controllers final : public QObject
{
    Q_OBJECT

public:
    Controllers(ObjectStore &store, NodeAgent &agent, PodFactory &factory, const Clock &clock);

private:
    using Key = std::pair<const ResourceType *, QString>; ///< with the store's key

    void onPodChanged(const Pod &pod);
    void onObjectChanged(const ApiObject &object);
    void enqueueParent(const ApiObject &object);
    void enqueue(const QString &kind, const QString &nameSpace, const QString &name);
    void work();
    void reconcile(const ApiObject &object);
    void removeOrphans(const ResourceType &type, const QString &key);

    ControllerTools m_tools;
    QSet<Key> m_queue;
};

} // namespace Fairlead::Demo
