#pragma once

#include "core/kube/config/kubeconfig.h"

#include <QList>
#include <QString>

namespace Fairlead::Kube {

/// A file that may hold configuration.
struct CandidateFile {
    QString given; ///< as the flag or variable spells it
    QString path; ///< absolute
};

/// Where kubeconfig is looked for, by client-go's rules: --kubeconfig alone, else the list in KUBECONFIG, else the file
/// in the home folder.
struct CandidateFiles {
    enum class Source { Flag, Environment, Home };

    Source source = Source::Home;
    QList<CandidateFile> files;
};

[[nodiscard]] CandidateFiles candidateFiles(const LoadOptions &options);

/// `path` made absolute against `directory` and cleaned; empty stays empty. No "~", no variables: client-go knows none.
[[nodiscard]] QString absolutePath(const QString &directory, const QString &path);

} // namespace Fairlead::Kube
