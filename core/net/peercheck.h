#pragma once

#include <QList>
#include <QSslError>
#include <QString>

class QSslCertificate;
typedef struct x509_st X509;
typedef struct x509_store_ctx_st X509_STORE_CTX;

namespace Fairlead::Net {

/// What is wrong with a peer's certificate, for describeTlsErrors(). Attached to a connection with SSL_set_app_data().
struct PeerComplaint {
    QList<QSslError> errors; ///< empty: nothing, or nothing that there are words for
    QString expectedName;
};

/// For SSL_CTX_set_cert_verify_callback(): verifies as OpenSSL does by itself and decides nothing; where that fails, it
/// notes in the connection's PeerComplaint why, and what else is wrong with the certificate, since OpenSSL stops at the
/// first. Any thread.
int verifyPeer(X509_STORE_CTX *store, void *unused);

/// A null certificate stays null.
[[nodiscard]] QSslCertificate toQtCertificate(X509 *certificate);

} // namespace Fairlead::Net
