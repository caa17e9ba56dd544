#pragma once

#include "core/democluster/state/objectstore.h"
#include "core/support/clock.h"

namespace Fairlead::Demo {

/// Makes the pods that owners ask for. What a pod's ports lead to cannot be said in a pod template, so it is taken from
/// the pods that the owner began with: a new pod gets the target of theirs that the fewest pods of the owner have now.
class PodFactory final
{
public:
    PodFactory(const ObjectStore &store, const Clock &clock);

    /// Remembers the targets of pods that exist; those without owner do not count.
    void learn(const Pod &pod);
    /// A new pod by the owner's template (direct owner: a ReplicaSet, not its Deployment), Pending and without a node.
    [[nodiscard]] Pod make(const ApiObject &owner, const QString &name);
    /// `prefix` with five random characters behind it; no pod has that name yet.
    [[nodiscard]] QString freeName(const QString &nameSpace, const QString &prefix) const;

private:
    [[nodiscard]] PodTarget chooseTarget(const Pod &pod) const;
    [[nodiscard]] QString freeAddress();

    const ObjectStore &m_store;
    const Clock &m_clock;
    QHash<QString, QList<PodTarget>> m_targets; ///< by root owner
    int m_lastAddress = 0;
};

/// What names the same for all pods of a Deployment, whatever ReplicaSet they belong to: "ns/Kind/name".
[[nodiscard]] QString rootOwner(const Pod &pod);

/// Five or ten characters as Kubernetes makes names of: neither vowels nor what looks alike.
[[nodiscard]] QString randomSuffix();
/// The same for the same JSON; kubectl shows it as pod-template-hash and controller-revision-hash.
[[nodiscard]] QString templateHash(const QJsonObject &podTemplate);

} // namespace Fairlead::Demo
