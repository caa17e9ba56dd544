#include "core/net/peercheck.h"

#include "core/support/clock.h"

#include <QSslCertificate>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <optional>

namespace Fairlead::Net {

namespace {

std::optional<QSslError::SslError> kindOf(int error)
{
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return QSslError::CertificateExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return QSslError::CertificateNotYetValid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return QSslError::HostNameMismatch;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return QSslError::SelfSignedCertificate;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return QSslError::SelfSignedCertificateInChain;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        return QSslError::UnableToGetIssuerCertificate;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        return QSslError::UnableToGetLocalIssuerCertificate;
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return QSslError::UnableToVerifyFirstCertificate;
    case X509_V_ERR_CERT_UNTRUSTED:
        return QSslError::CertificateUntrusted;
    case X509_V_ERR_INVALID_CA:
        return QSslError::InvalidCaCertificate;
    default:
        return {};
    }
}

/// By the rules that the verification used.
bool fitsName(X509 *certificate, X509_STORE_CTX *store)
{
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(store);
    if (const char *host = X509_VERIFY_PARAM_get0_host(rules, 0))
        return X509_check_host(certificate, host, 0, X509_VERIFY_PARAM_get_hostflags(rules), nullptr) == 1;
    if (char *address = X509_VERIFY_PARAM_get1_ip_asc(rules)) {
        const bool fits = X509_check_ip_asc(certificate, address, 0) == 1;
        OPENSSL_free(address);
        return fits;
    }
    return true;
}

void noteLeaf(X509 *leaf, X509_STORE_CTX *store, QList<QSslError> &errors)
{
    const QSslCertificate certificate = toQtCertificate(leaf);
    const QDateTime now = SystemClock::instance().now();
    if (certificate.expiryDate() < now)
        errors << QSslError(QSslError::CertificateExpired, certificate);
    if (certificate.effectiveDate() > now)
        errors << QSslError(QSslError::CertificateNotYetValid, certificate);
    if (!fitsName(leaf, store))
        errors << QSslError(QSslError::HostNameMismatch, certificate);
}

QString expectedName(X509_STORE_CTX *store)
{
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(store);
    if (const char *host = X509_VERIFY_PARAM_get0_host(rules, 0))
        return QString::fromLatin1(host);
    char *address = X509_VERIFY_PARAM_get1_ip_asc(rules);
    const QString name = QString::fromLatin1(address);
    OPENSSL_free(address);
    return name;
}

} // namespace

int verifyPeer(X509_STORE_CTX *store, void *)
{
    const int verdict = X509_verify_cert(store);
    if (verdict > 0)
        return verdict;
    auto *connection = static_cast<SSL *>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto *complaint = connection ? static_cast<PeerComplaint *>(SSL_get_app_data(connection)) : nullptr;
    const auto kind = kindOf(X509_STORE_CTX_get_error(store));
    X509 *leaf = X509_STORE_CTX_get0_cert(store);
    if (!complaint || !kind || !leaf)
        return verdict;
    X509 *blamed = X509_STORE_CTX_get_current_cert(store);
    complaint->expectedName = expectedName(store);
    complaint->errors = {QSslError(*kind, toQtCertificate(blamed ? blamed : leaf))};
    noteLeaf(leaf, store, complaint->errors);
    return verdict;
}

QSslCertificate toQtCertificate(X509 *certificate)
{
    unsigned char *der = nullptr;
    const int size = certificate ? i2d_X509(certificate, &der) : 0;
    if (size <= 0)
        return QSslCertificate();
    QSslCertificate converted(QByteArray(reinterpret_cast<const char *>(der), size), QSsl::Der);
    OPENSSL_free(der);
    return converted;
}

} // namespace Fairlead::Net
