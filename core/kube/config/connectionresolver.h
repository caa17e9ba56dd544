#pragma once

#include "core/kube/config/kubeconfigdata.h"
#include "core/kube/config/resolution.h"

namespace Fairlead::Kube {

/// Puts a connection together: chosen entries, server, trust, credentials, proxy; or says why it cannot be.
[[nodiscard]] Resolution resolveConnection(const Kubeconfig::Data &data, const ConnectionFlags &flags);

/// The error that client-go returns for these problems: it stops at the first stage that has any, wraps what is wrong
/// with the chosen entries in "invalid configuration: ", and joins several as "[a, b]".
[[nodiscard]] QString clientGoText(const QList<ConfigProblem> &problems);

/// What kubectl prints for the same. It unwraps one problem and lists several.
[[nodiscard]] QString kubectlText(const QList<ConfigProblem> &problems);

} // namespace Fairlead::Kube
