#pragma once

#include "core/kube/config/kubeconfig.h"
#include "core/kube/config/kubeconfigentries.h"

#include <optional>

namespace Fairlead::Kube {

/// The service account that Kubernetes mounts into every pod.
struct InClusterEntries {
    ClusterEntry cluster;
    UserEntry user;
    QString namespaceName;
};

/// Nothing unless the process runs in a pod: KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT and the token file.
[[nodiscard]] std::optional<InClusterEntries> inClusterEntries(const LoadOptions &options);

} // namespace Fairlead::Kube
