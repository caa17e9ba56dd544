#pragma once

#include "core/kube/kubeconfigdata.h"
#include "core/kube/resolution.h"

namespace Fairlead::Kube {

/// Puts a connection together: chosen entries, server, trust, credentials, proxy; or says why it cannot be.
[[nodiscard]] Resolution resolveConnection(const Kubeconfig::Data &data, const ConnectionFlags &flags);

/// What kubectl prints behind "error: " for these problems: it stops at the first stage that has any, wraps what is
/// wrong with the chosen entries in "invalid configuration: ", and joins several as "[a, b]".
[[nodiscard]] QString kubectlText(const QList<ConfigProblem> &problems);

} // namespace Fairlead::Kube
