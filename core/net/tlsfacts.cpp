#include "core/net/tlsfacts.h"

#include <QSslCertificate>

namespace Fairlead::Net {

TlsFacts factsOf(const QSslCertificate &certificate, const QString &protocol)
{
    TlsFacts facts;
    facts.protocol = protocol;
    facts.subject = certificate.subjectDisplayName();
    facts.issuer = certificate.issuerDisplayName();
    facts.validUntil = certificate.expiryDate();
    return facts;
}

} // namespace Fairlead::Net
