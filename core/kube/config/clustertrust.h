#pragma once

#include "core/kube/config/entrychoice.h"

namespace Fairlead::Kube {

/// Fills in where to connect to and whom to trust: server URL, roots, server name, proxy-url. Reads the CA file.
/// `wantsTls`: see normalizeServerUrl().
void resolveCluster(const ClusterEntry &cluster, bool wantsTls, ConnectionConfig &config, Findings &findings);

} // namespace Fairlead::Kube
