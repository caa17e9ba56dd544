#pragma once

#include <QString>
#include <QStringList>

namespace Fairlead::Bench {

/// Which of the peer's ports.
enum class Service { Command, Greeter };

/// Where the peer is, for every kind of client.
struct Route {
    QString kubeconfig; ///< leads to the API server, past the delay line if there is one
    QString namespaceName;
    QString pod;
    quint16 commandPort = 0; ///< of the pod
    quint16 greeterPort = 0;
    /// The same peer behind TLS alone, for relays; 0: there is none.
    quint16 tlsCommandPort = 0;
    quint16 tlsGreeterPort = 0;
    QString tlsAuthority; ///< PEM file
};

} // namespace Fairlead::Bench
