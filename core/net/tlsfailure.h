#pragma once

#include <QDateTime>
#include <QList>
#include <QSslError>
#include <QString>

namespace Fairlead::Net {

/// Why the server's certificate was not accepted.
struct TlsFailure {
    QString message; ///< translated: which check failed, subject and issuer, dates or names
    QString advice; ///< translated: what to do
    QString detail; ///< OpenSSL's own words
    QString goText; ///< what client-go says, e.g. "tls: failed to verify certificate: x509: ..."; not translated
};

/// Puts what QSslSocket complained about into words. `expectedName` is the host or tls-server-name that was checked.
/// With several complaints each gets its sentence; `goText` is the first that Go's verifier would meet (dates, then
/// names, then issuers).
[[nodiscard]] TlsFailure describeTlsErrors(const QList<QSslError> &errors, const QString &expectedName,
                                           const QDateTime &now);

} // namespace Fairlead::Net
