#pragma once

#include "core/kube/config/connectionconfig.h"
#include "core/support/result.h"

#include <QString>
#include <QStringList>

/// What the end-to-end checks are told by environment variables (CONTRIBUTING.md, "Against a cluster").
struct ClusterSettings {
    QString kubeconfig; ///< FAIRLEAD_E2E_KUBECONFIG; empty: the checks are skipped
    QString context; ///< FAIRLEAD_E2E_CONTEXT; empty: the current one
    QString namespaceName; ///< FAIRLEAD_E2E_NAMESPACE; empty: the context's
    QString target; ///< FAIRLEAD_E2E_TARGET, "svc/web": what exists is used, nothing is made
    QString port; ///< FAIRLEAD_E2E_PORT, number or name, of an HTTP server
    QString path; ///< FAIRLEAD_E2E_PATH, what to ask it for
    QString image; ///< FAIRLEAD_E2E_IMAGE, for the pods that are made: agnhost or what understands its "netexec"
    QStringList flags; ///< FAIRLEAD_E2E_FLAGS, more for each `fairlead port-forward`, by blanks
    bool mayDeletePods = false; ///< FAIRLEAD_E2E_DELETE_PODS=1, where nothing is made: the target's owner replaces them

    [[nodiscard]] static ClusterSettings fromEnvironment();
    [[nodiscard]] bool makesPods() const { return target.isEmpty(); }
    /// What the kubeconfig says, with the namespace of the settings.
    [[nodiscard]] Fairlead::Result<Fairlead::Kube::ConnectionConfig, QString> connection() const;
};
