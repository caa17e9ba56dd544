#pragma once

#include "core/democluster/state/pod.h"

namespace Fairlead::Demo {

/// Makes `kind`/`name` the controller of the pod and adds the labels that such an owner gives its pods: ReplicaSet
/// `pod-template-hash` (the last part of the name), StatefulSet the pod's name and index, Job its name and uid,
/// ReplicationController of a DeploymentConfig `deployment` and `deploymentconfig`. `parent` is the Deployment or
/// DeploymentConfig above; empty: none.
void setOwner(Pod &pod, const QString &kind, const QString &name, const QString &parent = {});

/// The labels that the pod would have without an owner.
[[nodiscard]] Labels ownLabels(const Labels &labels);

} // namespace Fairlead::Demo
