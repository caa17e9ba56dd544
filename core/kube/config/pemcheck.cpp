#include "core/kube/config/pemcheck.h"

#include <QTimeZone>

#include <algorithm>
#include <ctime>
#include <memory>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <optional>

namespace Fairlead::Kube {

namespace {

template <auto Free>
struct FreeWith {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using BioPtr = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using CertificatePtr = std::unique_ptr<X509, FreeWith<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;

struct PemBlock {
    QByteArray label; ///< e.g. "CERTIFICATE"
    QByteArray headers; ///< e.g. "Proc-Type: 4,ENCRYPTED..."
    QByteArray der;
};

BioPtr openBytes(const QByteArray &bytes)
{
    return BioPtr(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
}

/// The next PEM block; what stands between blocks is skipped. Nothing when there is none left.
std::optional<PemBlock> nextBlock(BIO *bio)
{
    char *label = nullptr;
    char *headers = nullptr;
    unsigned char *der = nullptr;
    long length = 0;
    if (PEM_read_bio(bio, &label, &headers, &der, &length) != 1) {
        ERR_clear_error(); // Qt reads the same queue and would report this as its own
        return std::nullopt;
    }
    PemBlock block{label, headers, QByteArray(reinterpret_cast<const char *>(der), qsizetype(length))};
    OPENSSL_free(label);
    OPENSSL_free(headers);
    OPENSSL_clear_free(der, size_t(length));
    return block;
}

CertificatePtr parseCertificate(const PemBlock &block)
{
    const auto *data = reinterpret_cast<const unsigned char *>(block.der.constData());
    CertificatePtr certificate(d2i_X509(nullptr, &data, long(block.der.size())));
    ERR_clear_error();
    return certificate;
}

QDateTime toDateTime(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
}

QString nameText(const X509_NAME *name)
{
    const BioPtr out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_ONELINE & ~XN_FLAG_SPC_EQ & ~ASN1_STRFLGS_ESC_MSB);
    char *text = nullptr;
    const long length = BIO_get_mem_data(out.get(), &text);
    return QString::fromUtf8(text, qsizetype(length));
}

using Fault = ClientPairCheck::Fault;

Fault readLeaf(const QByteArray &pem, CertificatePtr &leaf)
{
    const BioPtr bio = openBytes(pem);
    while (const auto block = nextBlock(bio.get())) {
        if (block->label != "CERTIFICATE" && block->label != "X509 CERTIFICATE")
            continue;
        leaf = parseCertificate(*block);
        return leaf ? Fault::None : Fault::BadCertificate;
    }
    return pem.contains("-----BEGIN CERTIFICATE") ? Fault::BadCertificate : Fault::NoCertificate;
}

Fault readKey(const QByteArray &pem, KeyPtr &key)
{
    const BioPtr bio = openBytes(pem);
    while (auto block = nextBlock(bio.get())) {
        if (!block->label.endsWith("PRIVATE KEY")) // "EC PARAMETERS" may come before the key
            continue;
        if (block->label.startsWith("ENCRYPTED") || block->headers.contains("ENCRYPTED"))
            return Fault::EncryptedKey;
        const auto *data = reinterpret_cast<const unsigned char *>(block->der.constData());
        key.reset(d2i_AutoPrivateKey(nullptr, &data, long(block->der.size())));
        ERR_clear_error();
        OPENSSL_cleanse(block->der.data(), size_t(block->der.size()));
        return key ? Fault::None : Fault::BadKey;
    }
    return pem.contains("PRIVATE KEY-----") ? Fault::BadKey : Fault::NoKey;
}

} // namespace

ClientPairCheck checkClientPair(const QByteArray &certificatePem, const QByteArray &keyPem)
{
    ClientPairCheck check;
    CertificatePtr leaf;
    KeyPtr key;
    check.fault = readLeaf(certificatePem, leaf);
    if (check.fault != Fault::None)
        return check;
    check.subject = nameText(X509_get_subject_name(leaf.get()));
    check.notBefore = toDateTime(X509_get0_notBefore(leaf.get()));
    check.notAfter = toDateTime(X509_get0_notAfter(leaf.get()));
    check.fault = readKey(keyPem, key);
    if (check.fault == Fault::None && X509_check_private_key(leaf.get(), key.get()) != 1)
        check.fault = Fault::Mismatch;
    ERR_clear_error();
    return check;
}

RootsCheck checkRoots(const QByteArray &pem)
{
    RootsCheck check;
    const BioPtr bio = openBytes(pem);
    while (const auto block = nextBlock(bio.get())) {
        if (block->label != "CERTIFICATE")
            continue;
        const CertificatePtr certificate = parseCertificate(*block);
        if (!certificate)
            continue;
        ++check.certificates;
        const QDateTime expiry = toDateTime(X509_get0_notAfter(certificate.get()));
        if (!check.lastExpiry.isValid() || expiry > check.lastExpiry)
            check.lastExpiry = expiry;
    }
    return check;
}

} // namespace Fairlead::Kube
