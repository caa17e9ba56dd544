#pragma once

#include "core/kube/config/kubeconfigentries.h"
#include "core/kube/config/kubeconfigpaths.h"
#include "core/support/result.h"

namespace Fairlead::Kube {

/// What one kubeconfig file says, paths made absolute.
struct KubeconfigFile {
    QString path;
    QString currentContext;
    QList<ClusterEntry> clusters;
    QList<UserEntry> users;
    QList<ContextEntry> contexts;
    QStringList warnings; ///< of the file, not of an entry
    QByteArray digest; ///< of its bytes
};

/// A kubeconfig with hundreds of clusters has about a mebibyte. Whatever is larger than this was named by mistake.
constexpr qint64 MaxKubeconfigBytes = 16 * 1024 * 1024;

/// Reads and parses one file. What is wrong in one entry (a bad base64 value, a list where a text belongs) stays with
/// that entry, so that the others can be used; kubectl refuses the file for it. What is wrong with the file as a whole
/// (no YAML, another kind, two entries of one name) is the error.
[[nodiscard]] Result<KubeconfigFile, ConfigProblem> readKubeconfigFile(const CandidateFile &file);

/// The same for text that is at hand. `file` names it and its folder is what relative paths stand on.
[[nodiscard]] Result<KubeconfigFile, ConfigProblem> parseKubeconfig(const QByteArray &text, const CandidateFile &file);

} // namespace Fairlead::Kube
