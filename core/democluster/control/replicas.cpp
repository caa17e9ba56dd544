#include "core/democluster/control/replicas.h"

#include "core/democluster/control/ownedpods.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

void reconcileReplicas(const ApiObject &owner, const ControllerTools &tools)
{
    setPodCount(owner, activePods(ownedPods(owner, tools.store)), owner.spec().value("replicas"_L1).toInt(1), tools);
    const QList<Pod> active = activePods(ownedPods(owner, tools.store));
    QJsonObject status{{u"replicas"_s, active.size()}, {u"fullyLabeledReplicas"_s, active.size()}};
    if (const int ready = readyCount(active); ready > 0) {
        status.insert(u"readyReplicas"_s, ready);
        status.insert(u"availableReplicas"_s, ready);
    }
    setStatus(owner, status, tools);
}

} // namespace Fairlead::Demo
