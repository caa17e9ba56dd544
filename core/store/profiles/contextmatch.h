#pragma once

#include "core/store/profiles/profile.h"

namespace Fairlead::Store {

/// A context that there is here, by name and API server.
struct KnownContext {
    QString name;
    QString server;
    QString namespaceName = {}; ///< that is used where none is said; empty: "default"
    QString kubeconfig = {}; ///< the added file that it is of; empty: the run's own kubeconfig
};

/// Which context a saved forward means here.
struct ContextMatch {
    enum class Kind {
        Same, ///< name and server, or the name where no server was saved
        Renamed, ///< the server is known under another name
        OtherServer, ///< the name is there but leads to another server; nothing leads to the saved one
        Ambiguous, ///< several contexts lead to the server, none has the name
        Missing
    };
    Kind kind = Kind::Missing;
    /// There is a context to use.
    [[nodiscard]] bool isFound() const { return kind != Kind::Ambiguous && kind != Kind::Missing; }
    QString context; ///< empty when Ambiguous or Missing
    QStringList candidates = {}; ///< when Ambiguous
    QString kubeconfig = {}; ///< of the context, see KnownContext
};

/// Names are what people choose, servers are what they mean: so the server decides where the two disagree and another
/// context has it. An empty saved context means the current one and is the same everywhere.
[[nodiscard]] ContextMatch matchContext(const SavedForward &saved, const QList<KnownContext> &known);

/// What there is to say about how a context was found, as a sentence; empty if nothing.
[[nodiscard]] QString remarkOn(const ContextMatch &match, const SavedForward &saved);

/// The namespace that counts in a context where a forward names none, as kubectl has it.
[[nodiscard]] QString presetNamespace(const QString &context, const QList<KnownContext> &known);

} // namespace Fairlead::Store
