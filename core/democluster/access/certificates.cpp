#include "core/democluster/access/certificates.h"

#include <QCoreApplication>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using KeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Deleter<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Deleter<BN_free>>;

constexpr long HourSeconds = 3600;
constexpr long YearSeconds = 365 * 24 * HourSeconds;
constexpr int SerialBits = 127; // positive and below the 20 bytes of RFC 5280 section 4.1.2.2

QString openSslError()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char *reason = ERR_reason_error_string(code);
    return QCoreApplication::translate("DemoCluster", "Making the demo cluster's certificates failed: %1")
        .arg(reason ? QString::fromLatin1(reason) : QString::number(code));
}

QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

QByteArray toPem(X509 *certificate)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    return bio && PEM_write_bio_X509(bio.get(), certificate) ? contents(bio.get()) : QByteArray();
}

QByteArray toPem(EVP_PKEY *key)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    const bool written = bio && PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? contents(bio.get()) : QByteArray();
}

bool addNamePart(X509_NAME *name, const char *field, const QByteArray &value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(value.constData()),
                                      static_cast<int>(value.size()), -1, 0)
        == 1;
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setRandomSerial(X509 *certificate)
{
    const NumberPtr number(BN_new());
    return number && BN_rand(number.get(), SerialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

struct Subject {
    QByteArray commonName;
    QList<QByteArray> organisations;
};

/// A certificate with everything but its extensions, issuer and signature.
CertificatePtr blankCertificate(EVP_PKEY *key, const Subject &subject)
{
    CertificatePtr certificate(X509_new());
    if (!certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1 || !setRandomSerial(certificate.get()))
        return nullptr;
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -HourSeconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), YearSeconds);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    bool complete = X509_set_pubkey(certificate.get(), key) == 1;
    for (const QByteArray &organisation : subject.organisations)
        complete = complete && addNamePart(name, "O", organisation);
    complete = complete && addNamePart(name, "CN", subject.commonName);
    return complete ? std::move(certificate) : nullptr;
}

QByteArray alternativeNames(const QList<QHostAddress> &addresses, const QList<QByteArray> &names)
{
    QByteArrayList entries;
    for (const QByteArray &name : names)
        entries << "DNS:" + name;
    for (QHostAddress address : addresses) {
        address.setScopeId({}); // a zone is meaningful on one machine only and has no place in a certificate
        entries << "IP:" + address.toString().toLatin1();
    }
    return entries.join(',');
}

} // namespace

struct CertificateAuthority::Material {
    KeyPtr key;
    CertificatePtr certificate;

    struct Extension {
        int nid;
        QByteArray value;
    };
    [[nodiscard]] Result<PemPair, QString> issue(const Subject &subject, const QList<Extension> &extensions) const;
};

Result<PemPair, QString> CertificateAuthority::Material::issue(const Subject &subject,
                                                               const QList<Extension> &extensions) const
{
    const KeyPtr leafKey(EVP_EC_gen("P-256"));
    const CertificatePtr leaf = leafKey ? blankCertificate(leafKey.get(), subject) : nullptr;
    bool complete = leaf && X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate.get())) == 1;
    complete = complete && addExtension(leaf.get(), certificate.get(), NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(leaf.get(), certificate.get(), NID_key_usage, "critical,digitalSignature")
        && addExtension(leaf.get(), certificate.get(), NID_authority_key_identifier, "keyid:always");
    for (const Extension &extension : extensions)
        complete = complete && addExtension(leaf.get(), certificate.get(), extension.nid, extension.value);
    if (!complete || X509_sign(leaf.get(), key.get(), EVP_sha256()) == 0)
        return Failure{openSslError()};
    return PemPair{toPem(leaf.get()), toPem(leafKey.get())};
}

CertificateAuthority::CertificateAuthority(std::unique_ptr<Material> material)
    : m_material(std::move(material))
{
}

CertificateAuthority::CertificateAuthority(CertificateAuthority &&) noexcept = default;
CertificateAuthority &CertificateAuthority::operator=(CertificateAuthority &&) noexcept = default;
CertificateAuthority::~CertificateAuthority() = default;

Result<CertificateAuthority, QString> CertificateAuthority::create(const QString &name)
{
    auto material = std::make_unique<Material>();
    material->key.reset(EVP_EC_gen("P-256"));
    if (material->key)
        material->certificate = blankCertificate(material->key.get(), {name.toUtf8(), {}});
    X509 *own = material->certificate.get();
    const bool complete = own && X509_set_issuer_name(own, X509_get_subject_name(own)) == 1
        && addExtension(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        && addExtension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign")
        && addExtension(own, own, NID_subject_key_identifier, "hash")
        && X509_sign(own, material->key.get(), EVP_sha256()) != 0;
    if (!complete)
        return Failure{openSslError()};
    return CertificateAuthority(std::move(material));
}

QByteArray CertificateAuthority::certificatePem() const
{
    return toPem(m_material->certificate.get());
}

Result<PemPair, QString> CertificateAuthority::issueServer(const QList<QHostAddress> &addresses,
                                                           const QList<QByteArray> &names) const
{
    return m_material->issue(
        {"fairlead-demo-apiserver", {}},
        {{NID_ext_key_usage, "serverAuth"}, {NID_subject_alt_name, alternativeNames(addresses, names)}});
}

Result<PemPair, QString> CertificateAuthority::issueClient(const QByteArray &user,
                                                           const QList<QByteArray> &groups) const
{
    return m_material->issue({user, groups}, {{NID_ext_key_usage, "clientAuth"}});
}

} // namespace Fairlead::Demo
