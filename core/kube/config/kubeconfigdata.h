#pragma once

#include "core/kube/config/kubeconfig.h"
#include "core/kube/config/kubeconfigmerge.h"
#include "core/kube/config/kubeconfigpaths.h"

namespace Fairlead::Kube {

/// What load() found. Shared between copies and never changed afterwards.
struct Kubeconfig::Data {
    LoadOptions options;
    CandidateFiles candidates;
    QStringList loadedFiles;
    QList<ConfigProblem> fileProblems; ///< one a broken file
    MergedKubeconfig merged;
    QByteArray fingerprint; ///< equal for equal files
};

} // namespace Fairlead::Kube
