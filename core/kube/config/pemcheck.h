#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace Fairlead::Kube {

/// What OpenSSL finds in a client's certificate and key. Nothing here keeps or prints the key.
struct ClientPairCheck {
    enum class Fault {
        None,
        NoCertificate, ///< no PEM certificate inside
        BadCertificate, ///< a PEM block that does not parse
        NoKey, ///< no PEM private key inside
        BadKey, ///< a PEM block that does not parse
        EncryptedKey, ///< needs a passphrase, which a kubeconfig cannot give
        Mismatch, ///< key and certificate do not belong together
    };

    Fault fault = Fault::None;
    QString subject; ///< of the leaf, e.g. "O=system:masters, CN=admin"
    QDateTime notBefore;
    QDateTime notAfter;
};

/// The leaf is the first certificate. Keys: PKCS#1, PKCS#8, SEC1; whatever algorithm OpenSSL knows. Never asks for a
/// passphrase.
[[nodiscard]] ClientPairCheck checkClientPair(const QByteArray &certificatePem, const QByteArray &keyPem);

struct RootsCheck {
    int certificates = 0; ///< that parsed; client-go is content with one and skips what does not parse
    QDateTime lastExpiry; ///< of the one that stays valid longest
};

[[nodiscard]] RootsCheck checkRoots(const QByteArray &pem);

} // namespace Fairlead::Kube
