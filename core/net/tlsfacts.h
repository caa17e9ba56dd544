#pragma once

#include <QDateTime>
#include <QString>

class QSslCertificate;

namespace Fairlead::Net {

/// What a TLS handshake came to, for people.
struct TlsFacts {
    QString protocol; ///< "TLSv1.3"
    QString subject; ///< of the peer's certificate: its common name, else the first of its names
    QString issuer;
    QDateTime validUntil;
};

[[nodiscard]] TlsFacts factsOf(const QSslCertificate &certificate, const QString &protocol);

} // namespace Fairlead::Net
