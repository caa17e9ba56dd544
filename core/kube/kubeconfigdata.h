#pragma once

#include "core/kube/kubeconfig.h"
#include "core/kube/kubeconfigmerge.h"
#include "core/kube/kubeconfigpaths.h"

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
