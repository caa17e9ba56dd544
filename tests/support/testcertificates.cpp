#include "tests/support/testcertificates.h"

#include <QRandomGenerator>
#include <QtGlobal>

#include <openssl/bio.h>
#include <openssl/encoder.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

struct Freer {
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
    void operator()(ASN1_TIME *time) const { ASN1_TIME_free(time); }
    void operator()(OSSL_ENCODER_CTX *encoder) const { OSSL_ENCODER_CTX_free(encoder); }
};

template <typename T>
using Owned = std::unique_ptr<T, Freer>;

void must(bool worked, const char *what)
{
    if (!worked)
        qFatal("test certificates: %s failed", what);
}

QByteArray contentOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

Owned<X509> readCertificate(const QByteArray &pem)
{
    const Owned<BIO> bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return Owned<X509>(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.constData());
}

QByteArray alternativeNames(const CertificateWish &wish)
{
    QStringList names;
    for (const QString &name : wish.dnsNames)
        names << "DNS:"_L1 + name;
    for (const QString &address : wish.addresses)
        names << "IP:"_L1 + address;
    return names.join(u',').toUtf8();
}

void setTime(ASN1_TIME *field, const QDateTime &time)
{
    must(ASN1_TIME_set(field, time_t(time.toSecsSinceEpoch())) != nullptr, "time");
}

void describe(X509 *certificate, const CertificateWish &wish)
{
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), QRandomGenerator::global()->generate());
    setTime(X509_getm_notBefore(certificate), wish.notBefore);
    setTime(X509_getm_notAfter(certificate), wish.notAfter);
    const QByteArray name = wish.commonName.toUtf8();
    must(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char *>(name.constData()), int(name.size()), -1, 0)
             == 1,
         "subject");
}

} // namespace

Identity::Identity(const CertificateWish &wish)
{
    makeKey(wish.key);
    makeCertificate(wish, *this);
}

Identity::Identity(const CertificateWish &wish, const Identity &issuer)
{
    makeKey(wish.key);
    makeCertificate(wish, issuer);
}

void Identity::makeKey(KeyKind kind)
{
    EVP_PKEY *key = nullptr;
    switch (kind) {
    case KeyKind::Rsa:
        key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(2048));
        break;
    case KeyKind::Ec:
        key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
        break;
    case KeyKind::Ed25519:
        key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        break;
    }
    must(key != nullptr, "making a key");
    m_key = std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free);
}

void Identity::makeCertificate(const CertificateWish &wish, const Identity &issuer)
{
    const Owned<X509> certificate(X509_new());
    const Owned<X509> signer = readCertificate(issuer.m_certificatePem);
    X509 *issuedBy = signer ? signer.get() : certificate.get();
    describe(certificate.get(), wish);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuedBy));
    X509_set_pubkey(certificate.get(), m_key.get());
    addExtension(certificate.get(), issuedBy, NID_basic_constraints, wish.authority ? "critical,CA:TRUE" : "CA:FALSE");
    if (const QByteArray names = alternativeNames(wish); !names.isEmpty())
        addExtension(certificate.get(), issuedBy, NID_subject_alt_name, names);
    EVP_PKEY *signingKey = issuer.m_key.get();
    const EVP_MD *digest = EVP_PKEY_get_base_id(signingKey) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
    must(X509_sign(certificate.get(), signingKey, digest) > 0, "signing");

    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_X509(bio.get(), certificate.get()) == 1, "writing a certificate");
    m_certificatePem = contentOf(bio.get());
}

QByteArray Identity::keyPem(KeyForm form) const
{
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    if (form == KeyForm::EncryptedPkcs8) {
        char passphrase[] = "secret";
        must(PEM_write_bio_PKCS8PrivateKey(bio.get(), m_key.get(), EVP_aes_128_cbc(), passphrase, 6, nullptr, nullptr),
             "writing an encrypted key");
        return contentOf(bio.get());
    }
    const char *structure = form == KeyForm::Pkcs8 ? "PrivateKeyInfo" : "type-specific";
    const Owned<OSSL_ENCODER_CTX> encoder(
        OSSL_ENCODER_CTX_new_for_pkey(m_key.get(), EVP_PKEY_KEYPAIR, "PEM", structure, nullptr));
    must(encoder && OSSL_ENCODER_to_bio(encoder.get(), bio.get()) == 1, "writing a key");
    return contentOf(bio.get());
}

Identity makeAuthority(const QString &name)
{
    CertificateWish wish;
    wish.commonName = name;
    wish.authority = true;
    return Identity(wish);
}

} // namespace Fairlead::Test
