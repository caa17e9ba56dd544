#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>

#include <memory>

namespace Fairlead::Demo {

/// A certificate and its private key, both PEM (the key as PKCS#8).
struct PemPair {
    QByteArray certificate;
    QByteArray key;
};

/// A certificate authority that lives as long as one demo cluster: EC P-256, made in memory, its key never written.
/// Everything it signs is valid from an hour ago (a clock may be a little behind) for a year.
class CertificateAuthority final
{
public:
    /// Makes the key and the self-signed certificate, or says why OpenSSL could not.
    [[nodiscard]] static Result<CertificateAuthority, QString> create(const QString &name);
    CertificateAuthority(CertificateAuthority &&) noexcept;
    CertificateAuthority &operator=(CertificateAuthority &&) noexcept;
    ~CertificateAuthority();

    [[nodiscard]] QByteArray certificatePem() const;
    /// For serverAuth. Each address becomes an IP entry and each name a DNS entry of subjectAltName, since clients look
    /// nowhere else (RFC 6125 section 6.4.4).
    [[nodiscard]] Result<PemPair, QString> issueServer(const QList<QHostAddress> &addresses,
                                                       const QList<QByteArray> &names) const;
    /// For clientAuth. Kubernetes takes the user from CN and the groups from O.
    [[nodiscard]] Result<PemPair, QString> issueClient(const QByteArray &user, const QList<QByteArray> &groups) const;

private:
    struct Material;
    explicit CertificateAuthority(std::unique_ptr<Material> material);

    std::unique_ptr<Material> m_material;
};

} // namespace Fairlead::Demo
