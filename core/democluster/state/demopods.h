#pragma once

#include "core/democluster/state/pod.h"

namespace Fairlead::Demo {

/// What a pod does by itself (see PodLife).
enum class PodBehaviour {
    Steady,
    Starts, ///< as a new pod of an owner does, then it is steady
    SlowStart, ///< the same, slowly
    Restarts, ///< again and again
    RestartsOnce
};

struct BuiltinPod {
    Pod pod;
    PodBehaviour behaviour = PodBehaviour::Steady;
};

/// The pods that every demo cluster has: a believable small cluster of four namespaces with one pod for each thing that
/// can happen to a forward. Ages are counted back from `now`, uids and addresses never change.
[[nodiscard]] QList<BuiltinPod> demoPods(const QDateTime &now);

struct DemoNamespace {
    QString name;
    QDateTime created;
};
[[nodiscard]] QList<DemoNamespace> demoNamespaces(const QDateTime &now);

/// The namespace that the user `viewer` may see.
[[nodiscard]] QString limitedNamespace();
[[nodiscard]] QString demoNodeName();

} // namespace Fairlead::Demo
