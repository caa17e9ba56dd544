#pragma once

#include <QByteArray>
#include <QString>

namespace Fairlead::Net {

/// What a TLS connection to an API server is checked and signed in with. PEM texts, as the kubeconfig gave them.
struct TlsMaterial {
    QByteArray caPem; ///< only these roots are trusted; empty: the system's
    bool insecure = false; ///< verify nothing
    QString serverName; ///< SNI and name to check instead of the URL's host; empty: the host
    QByteArray clientCertificatePem; ///< leaf first, then its chain; empty: none
    QByteArray clientKeyPem; ///< PKCS#1, PKCS#8 or SEC1; RSA, EC or Ed25519
    bool withSystemRoots = false; ///< the system's count next to caPem (for proxies; TlsContext only)

    bool operator==(const TlsMaterial &) const = default;
};

} // namespace Fairlead::Net
