#pragma once

#include "core/kube/config/connectionconfig.h"

#include <QString>

namespace Fairlead::Kube {

/// Where each part of a connection was said: a file's path, a flag ("--server"), a variable ("HTTPS_PROXY"); empty
/// where nothing said it.
struct ConnectionSources {
    QString context;
    QString cluster;
    QString user;
    QString server;
    QString namespaceName;
    QString clientKey; ///< a path, "client-key-data" or "--client-key"
    QString proxy;
};

/// The outcome of resolving, good or bad: what a person who asks "what would be used?" wants to see.
struct Resolution {
    ConnectionConfig config; ///< with an error: as far as it could be made out
    ConnectionSources sources;
    QString error; ///< one sentence a line, translated; empty: config can be used
    /// The error that client-go returns in its place, not translated; empty without error.
    QString clientGoText;
    /// What kubectl (measured: 1.32) prints for it, "error: " included where kubectl has that; without a newline at its
    /// end. Not translated; empty without error.
    QString kubectlText;
};

} // namespace Fairlead::Kube
