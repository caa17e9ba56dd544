#pragma once

#include "core/kube/config/kubeconfigfile.h"

namespace Fairlead::Kube {

/// All files as one. Entries keep the order in which they were met.
struct MergedKubeconfig {
    QString currentContext;
    QString currentContextFile; ///< where that was said
    QList<ClusterEntry> clusters;
    QList<UserEntry> users;
    QList<ContextEntry> contexts;
    QStringList warnings; ///< of files, not of entries

    [[nodiscard]] const ClusterEntry *cluster(const QString &name) const;
    [[nodiscard]] const UserEntry *user(const QString &name) const;
    [[nodiscard]] const ContextEntry *context(const QString &name) const;
};

/// Merges as kubectl does: the first file that has an entry of a name wins, whole; the first current-context that is
/// not empty counts. (oc with an old client-go mixed the fields of both; reference: client-go 0.32 and later.)
/// A winner whose twin says something else gets a warning.
[[nodiscard]] MergedKubeconfig mergeKubeconfigs(const QList<KubeconfigFile> &files);

} // namespace Fairlead::Kube
