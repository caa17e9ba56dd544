#pragma once

#include "core/kube/config/kubeconfigmerge.h"

namespace Fairlead::Kube {

/// The contexts of a kubeconfig as a chooser shows them, each with what keeps it from being used. Looks whether files
/// that are named exist, but reads none: hundreds of contexts are listed at once, and a token "file" may be a pipe.
[[nodiscard]] QList<ContextSummary> summarize(const MergedKubeconfig &merged);

/// The files beside the kubeconfig that its entries name: certificates, keys, tokens.
[[nodiscard]] QStringList namedFiles(const MergedKubeconfig &merged);

} // namespace Fairlead::Kube
