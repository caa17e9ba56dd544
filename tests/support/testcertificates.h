#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <memory>

struct evp_pkey_st;

namespace Fairlead::Test {

enum class KeyKind { Rsa, Ec, Ed25519 };
enum class KeyForm { Pkcs8, Pkcs1, Sec1, EncryptedPkcs8 };

struct CertificateWish {
    QString commonName = QStringLiteral("test");
    QStringList dnsNames;
    QStringList addresses;
    QDateTime notBefore = QDateTime::currentDateTimeUtc().addDays(-1);
    QDateTime notAfter = QDateTime::currentDateTimeUtc().addDays(30);
    KeyKind key = KeyKind::Ec;
    bool authority = false;
};

/// A key and its certificate, made while the test runs, so that none in the tree can expire. Aborts when OpenSSL
/// cannot do what was asked.
class Identity
{
public:
    /// Signed by itself.
    explicit Identity(const CertificateWish &wish);
    /// Signed by `issuer`.
    Identity(const CertificateWish &wish, const Identity &issuer);

    [[nodiscard]] QByteArray certificatePem() const { return m_certificatePem; }
    [[nodiscard]] QByteArray keyPem(KeyForm form = KeyForm::Pkcs8) const;

private:
    void makeKey(KeyKind kind);
    void makeCertificate(const CertificateWish &wish, const Identity &issuer);

    std::shared_ptr<evp_pkey_st> m_key;
    QByteArray m_certificatePem;
};

/// A certificate authority of that name.
[[nodiscard]] Identity makeAuthority(const QString &name = QStringLiteral("Test CA"));

} // namespace Fairlead::Test
