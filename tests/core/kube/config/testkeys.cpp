#include "tests/core/kube/config/testkeys.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace TestKeys {

namespace {

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;

template <typename Write>
QByteArray written(Write write)
{
    const BioPtr bio(BIO_new(BIO_s_mem()), BIO_free);
    if (write(bio.get()) != 1)
        qFatal("OpenSSL could not write a test key");
    char *text = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &text);
    return QByteArray(text, qsizetype(length));
}

Key owned(EVP_PKEY *key)
{
    if (!key)
        qFatal("OpenSSL could not make a test key");
    return Key(key, EVP_PKEY_free);
}

unsigned char *passphrase()
{
    static unsigned char text[] = "secret";
    return text;
}

constexpr int PassphraseLength = 6;

} // namespace

Key makeRsa()
{
    return owned(EVP_RSA_gen(2048));
}

Key makeEc()
{
    return owned(EVP_EC_gen("P-256"));
}

Key makeEd25519()
{
    return owned(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

QByteArray certificate(const Key &key, int fromDays, int toDays)
{
    constexpr long DaySeconds = 24 * 60 * 60;
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), fromDays * DaySeconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), toDays * DaySeconds);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("joe"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    const bool digestInside = EVP_PKEY_get_id(key.get()) == EVP_PKEY_ED25519;
    if (X509_sign(certificate.get(), key.get(), digestInside ? nullptr : EVP_sha256()) == 0)
        qFatal("OpenSSL could not sign a test certificate");
    return written([&](BIO *bio) { return PEM_write_bio_X509(bio, certificate.get()); });
}

QByteArray pkcs8(const Key &key)
{
    return written(
        [&](BIO *bio) { return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

QByteArray traditional(const Key &key)
{
    return written([&](BIO *bio) {
        return PEM_write_bio_PrivateKey_traditional(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

QByteArray encryptedPkcs8(const Key &key)
{
    return written([&](BIO *bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), EVP_aes_128_cbc(), passphrase(), PassphraseLength, nullptr,
                                        nullptr);
    });
}

QByteArray encryptedTraditional(const Key &key)
{
    return written([&](BIO *bio) {
        return PEM_write_bio_PrivateKey_traditional(bio, key.get(), EVP_aes_128_cbc(), passphrase(), PassphraseLength,
                                                    nullptr, nullptr);
    });
}

} // namespace TestKeys
