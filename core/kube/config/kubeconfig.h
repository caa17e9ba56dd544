#pragma once

#include "core/kube/config/connectionconfig.h"
#include "core/kube/config/contextref.h"
#include "core/kube/config/resolution.h"
#include "core/support/result.h"

#include <QMap>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace Fairlead::Kube {

/// kubectl's connection flags. An empty optional is a flag that was not given.
struct ConnectionFlags {
    std::optional<QString> kubeconfig;
    std::optional<QString> context;
    std::optional<QString> cluster;
    std::optional<QString> user;
    std::optional<QString> namespaceName;
    std::optional<QString> server;
    std::optional<QString> token;
    std::optional<bool> insecureSkipTlsVerify;
    std::optional<QString> certificateAuthority;
    std::optional<QString> clientCertificate;
    std::optional<QString> clientKey;
    std::optional<QString> tlsServerName;
    std::optional<QString> as;
    QStringList asGroups;
};

/// A context as a chooser shows it.
struct ContextSummary {
    QString name;
    QString cluster;
    QString user;
    QString namespaceName;
    QString server; ///< as written, but without a password; empty if the cluster is missing
    QString file; ///< where the context stands
    QString problem; ///< a sentence if it cannot be used, else empty
    QString remark = {}; ///< a sentence if something about it is odd though it can be tried
    QString addedFile = {}; ///< the added kubeconfig that it is of; empty: the run's own (see ContextStore)

    [[nodiscard]] ContextRef ref() const { return {name, addedFile}; }
    bool operator==(const ContextSummary &) const = default;
};

/// Where to look and what the environment says; a test hands in its own.
struct LoadOptions {
    std::optional<QString> kubeconfig; ///< --kubeconfig
    QProcessEnvironment environment;
    QString home;
    QString workingDirectory;
    /// Where Kubernetes mounts a pod's own credentials; used when nothing else is configured.
    QString serviceAccountDirectory = QStringLiteral("/var/run/secrets/kubernetes.io/serviceaccount");

    [[nodiscard]] static LoadOptions fromSystem(const ConnectionFlags &flags = {});
};

/// The merged kubeconfig files, unresolved: entries with the file that each came from. Immutable; copies are cheap.
/// Semantics: client-go's clientcmd (core/kube/README.md lists where Fairlead is kinder on purpose).
class Kubeconfig final
{
public:
    Kubeconfig();
    /// Reads and merges. Never fails as a whole: a file that cannot be read or parsed is in errors(), the others
    /// still count.
    [[nodiscard]] static Kubeconfig load(const LoadOptions &options);

    /// The paths that load() would look at, existing or not.
    [[nodiscard]] static QStringList candidateFiles(const LoadOptions &options);

    [[nodiscard]] QString currentContext() const;
    [[nodiscard]] QList<ContextSummary> contexts() const;
    /// What would be used to connect, or a sentence why nothing can. Reads certificate and token files.
    [[nodiscard]] Result<ConnectionConfig, QString> resolve(const ConnectionFlags &flags) const;
    /// The same in full: where each part comes from, kubectl's words for the error, and with an error what could be
    /// made out all the same.
    [[nodiscard]] Resolution inspect(const ConnectionFlags &flags) const;

    [[nodiscard]] QStringList candidateFiles() const; ///< every path looked at, existing or not: watch these
    [[nodiscard]] QStringList namedFiles() const; ///< certificates, keys and tokens that entries name
    [[nodiscard]] QStringList loadedFiles() const;
    [[nodiscard]] QStringList errors() const; ///< one sentence a broken file
    [[nodiscard]] QStringList warnings() const; ///< shadowed entries and the like
    /// Whether both came from the same files with the same bytes in them.
    [[nodiscard]] bool saysTheSameAs(const Kubeconfig &other) const;

    struct Data;

private:
    std::shared_ptr<const Data> d;
};

} // namespace Fairlead::Kube
