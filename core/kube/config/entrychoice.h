#pragma once

#include "core/kube/config/kubeconfigdata.h"
#include "core/kube/config/resolution.h"

namespace Fairlead::Kube {

/// What is wrong or odd, collected on the way.
struct Findings {
    QList<ConfigProblem> problems;
    QStringList warnings;

    void take(const ConfigEntry &entry)
    {
        problems += entry.problems;
        warnings += entry.warnings;
    }
};

/// The cluster and the user that a connection is made of, flags applied.
struct EntryChoice {
    QString context;
    ClusterEntry cluster;
    UserEntry user;
    QString namespaceName;
    ConnectionSources sources;
    Findings findings;
};

/// Chooses by client-go's rules: --context or current-context; --cluster and --user replace what the context names;
/// the other flags replace fields. With nothing configured at all inside a pod, its service account is chosen. Reads
/// no certificate or token.
[[nodiscard]] EntryChoice chooseEntries(const Kubeconfig::Data &data, const ConnectionFlags &flags);

} // namespace Fairlead::Kube
