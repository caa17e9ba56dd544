#include "core/net/tlsconfiguration.h"

#include <QCoreApplication>
#include <QSsl>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <memory>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Net {

namespace {

struct OpenSslDeleter {
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
};

using Bio = std::unique_ptr<BIO, OpenSslDeleter>;
using PrivateKey = std::unique_ptr<EVP_PKEY, OpenSslDeleter>;
using Certificate = std::unique_ptr<X509, OpenSslDeleter>;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Net::TlsConfiguration)
};

/// Go, and so kubectl, takes every certificate that the kubeconfig names for an anchor, an intermediate authority or
/// the server's own certificate too. OpenSSL wants a root unless told otherwise, and QSslConfiguration cannot tell it.
/// But each verification of a server starts from the process-wide parameters named "ssl_server", and those can be
/// replaced. The table has no lock, so this happens before main() starts, while there is one thread.
bool anchorEveryGivenCertificate()
{
    X509_VERIFY_PARAM *parameters = X509_VERIFY_PARAM_new();
    if (!parameters)
        return false;
    const bool done = X509_VERIFY_PARAM_set1_name(parameters, "ssl_server") == 1
        && X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER) == 1
        && X509_VERIFY_PARAM_set_trust(parameters, X509_TRUST_SSL_SERVER) == 1
        && X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN) == 1
        && X509_VERIFY_PARAM_add0_table(parameters) == 1;
    if (!done)
        X509_VERIFY_PARAM_free(parameters);
    return done;
}

[[maybe_unused]] const bool anchorsEveryGivenCertificate = anchorEveryGivenCertificate();

Bio bioOf(const QByteArray &pem)
{
    return Bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
}

/// OpenSSL would ask for the passphrase on the terminal otherwise; 0 characters make an encrypted key an error.
int noPassphrase(char *, int, int, void *)
{
    return 0;
}

PrivateKey readPrivateKey(const QByteArray &pem)
{
    const Bio bio = bioOf(pem);
    PrivateKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr));
    ERR_clear_error();
    return key;
}

bool belongTogether(const QByteArray &certificatePem, EVP_PKEY *key)
{
    const Bio bio = bioOf(certificatePem);
    const Certificate leaf(PEM_read_bio_X509(bio.get(), nullptr, noPassphrase, nullptr));
    const bool match = leaf && X509_check_private_key(leaf.get(), key) == 1;
    ERR_clear_error();
    return match;
}

bool isEncryptedKey(const QByteArray &pem)
{
    return pem.contains("BEGIN ENCRYPTED PRIVATE KEY") || pem.contains("Proc-Type: 4,ENCRYPTED");
}

/// The sentence that says why not, or empty.
QString addRoots(const TlsMaterial &material, QSslConfiguration &configuration)
{
    if (material.insecure) {
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        return {};
    }
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (material.caPem.isEmpty())
        return {};
    const QList<QSslCertificate> roots = QSslCertificate::fromData(material.caPem, QSsl::Pem);
    if (roots.isEmpty())
        return Words::tr("The certificate authority of this cluster contains no readable PEM certificate.");
    configuration.setCaCertificates(roots);
    return {};
}

QString addClientCertificate(const TlsMaterial &material, QSslConfiguration &configuration)
{
    if (material.clientCertificatePem.isEmpty())
        return {};
    const QList<QSslCertificate> chain = QSslCertificate::fromData(material.clientCertificatePem, QSsl::Pem);
    if (chain.isEmpty())
        return Words::tr("The client certificate contains no readable PEM certificate.");
    if (material.clientKeyPem.isEmpty())
        return Words::tr("There is a client certificate but no private key for it.");
    PrivateKey key = readPrivateKey(material.clientKeyPem);
    if (!key && isEncryptedKey(material.clientKeyPem))
        return Words::tr("The client key is encrypted with a passphrase; such keys are not supported.");
    if (!key)
        return Words::tr("The client key is no private key in PEM form (PKCS#1, PKCS#8 or SEC1).");
    if (!belongTogether(material.clientCertificatePem, key.get()))
        return Words::tr("The client key does not belong to the client certificate.");
    configuration.setLocalCertificateChain(chain);
    // The QSslKey takes the handle over and frees it with its last copy.
    configuration.setPrivateKey(QSslKey(Qt::HANDLE(key.release()), QSsl::PrivateKey));
    return {};
}

} // namespace

Result<QSslConfiguration, QString> makeTlsConfiguration(const TlsMaterial &material, const QByteArrayList &alpn)
{
    // Handles of keys are OpenSSL's; another backend would take them for something else.
    if (QSslSocket::activeBackend() != "openssl"_L1)
        return Failure{Words::tr("Qt offers no OpenSSL here, so no TLS connection can be made.")};
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setAllowedNextProtocols(alpn);
    if (const QString problem = addRoots(material, configuration); !problem.isEmpty())
        return Failure{problem};
    if (const QString problem = addClientCertificate(material, configuration); !problem.isEmpty())
        return Failure{problem};
    return configuration;
}

} // namespace Fairlead::Net
