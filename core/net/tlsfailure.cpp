#include "core/net/tlsfailure.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLocale>
#include <QSslCertificate>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Net {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Net::TlsFailure)
};

/// In the order in which Go's x509.Certificate.Verify looks.
enum class Check { Dates, Name, Issuer, Other };

Check checkOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return Check::Dates;
    case QSslError::HostNameMismatch:
        return Check::Name;
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::InvalidCaCertificate:
        return Check::Issuer;
    default:
        return Check::Other;
    }
}

QString commonName(const QStringList &commonNames, const QStringList &organizations)
{
    if (!commonNames.isEmpty())
        return commonNames.join(", "_L1);
    return organizations.isEmpty() ? u"?"_s : organizations.join(", "_L1);
}

QString subjectOf(const QSslCertificate &certificate)
{
    return commonName(certificate.subjectInfo(QSslCertificate::CommonName),
                      certificate.subjectInfo(QSslCertificate::Organization));
}

QString issuerOf(const QSslCertificate &certificate)
{
    return commonName(certificate.issuerInfo(QSslCertificate::CommonName),
                      certificate.issuerInfo(QSslCertificate::Organization));
}

QStringList namesOf(const QSslCertificate &certificate)
{
    const auto names = certificate.subjectAlternativeNames();
    QStringList all = names.values(QSsl::DnsEntry) + names.values(QSsl::IpAddressEntry);
    std::sort(all.begin(), all.end());
    return all;
}

QString dateText(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

QString dateSentence(const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    if (error.error() == QSslError::CertificateExpired) {
        //: %1 and %2 are names in a certificate, %3 is a date with time
        return Words::tr("The certificate “%1”, issued by “%2”, expired on %3.")
            .arg(subjectOf(certificate), issuerOf(certificate), dateText(certificate.expiryDate()));
    }
    //: %1 and %2 are names in a certificate, %3 is a date with time
    return Words::
        tr("The certificate “%1”, issued by “%2”, is valid only from %3 on; perhaps this computer's clock is wrong.")
            .arg(subjectOf(certificate), issuerOf(certificate), dateText(certificate.effectiveDate()));
}

QString nameSentence(const QSslError &error, const QString &expectedName)
{
    const QStringList names = namesOf(error.certificate());
    if (names.isEmpty()) {
        //: %1 is the name in a certificate, %2 a host name or address
        return Words::tr("The server's certificate “%1” names no host at all, so it does not prove to be %2.")
            .arg(subjectOf(error.certificate()), expectedName);
    }
    //: %1 is a list of host names and addresses, %2 a host name or address, %3 the name in a certificate
    return Words::tr("The server's certificate “%3” is made out to %1 and not to %2.")
        .arg(names.join(", "_L1), expectedName, subjectOf(error.certificate()));
}

QString issuerSentence(const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    if (certificate.isNull())
        return Words::tr("The server's certificate comes from an authority that is not trusted.");
    if (certificate.isSelfSigned()) {
        //: %1 is the name in a certificate
        return Words::tr("The certificate “%1” is signed by itself and not among the trusted authorities.")
            .arg(subjectOf(certificate));
    }
    //: %1 and %2 are names in a certificate
    return Words::tr("The certificate “%1” was issued by “%2”, which is not among the trusted authorities.")
        .arg(subjectOf(certificate), issuerOf(certificate));
}

QString sentence(const QSslError &error, const QString &expectedName)
{
    switch (checkOf(error.error())) {
    case Check::Dates:
        return dateSentence(error);
    case Check::Name:
        return nameSentence(error, expectedName);
    case Check::Issuer:
        return issuerSentence(error);
    case Check::Other:
        break;
    }
    return error.errorString();
}

/// Until when the certificate is good, where that is not what is wrong.
QString validitySentence(const QSslError &error)
{
    const QDateTime until = error.certificate().expiryDate();
    if (!until.isValid() || checkOf(error.error()) == Check::Dates)
        return {};
    //: %1 is a date with time
    return Words::tr("It is valid until %1.").arg(dateText(until));
}

QString advice(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return Words::tr("Whoever runs the server has to renew its certificate; a kubeconfig made anew does not help "
                         "against that.");
    case QSslError::CertificateNotYetValid:
        return Words::tr("Check date and time of this computer.");
    default:
        break;
    }
    switch (checkOf(error.error())) {
    case Check::Name:
        return Words::tr("Use one of the certificate's names in the server's address, or put it into tls-server-name "
                         "in the cluster's entry of the kubeconfig.");
    case Check::Issuer:
        return Words::tr("The certificate-authority of the cluster's entry in the kubeconfig decides who is trusted, "
                         "or this system's roots where there is none. Get a fresh kubeconfig if the cluster was "
                         "renewed; a company's proxy that reads along shows a certificate of its own.");
    default:
        return {};
    }
}

QString goDateText(const QSslCertificate &certificate, const QDateTime &now)
{
    const QString time = now.toUTC().toString(Qt::ISODate);
    const bool expired = certificate.expiryDate() < now;
    const QDateTime border = expired ? certificate.expiryDate() : certificate.effectiveDate();
    return u"x509: certificate has expired or is not yet valid: current time %1 is %2 %3"_s.arg(
        time, expired ? u"after"_s : u"before"_s, border.toUTC().toString(Qt::ISODate));
}

QString goNameText(const QSslCertificate &certificate, const QString &expectedName)
{
    const auto names = certificate.subjectAlternativeNames();
    const bool isAddress = !QHostAddress(expectedName).isNull();
    const QStringList candidates = names.values(isAddress ? QSsl::IpAddressEntry : QSsl::DnsEntry);
    if (!candidates.isEmpty())
        return u"x509: certificate is valid for %1, not %2"_s.arg(candidates.join(", "_L1), expectedName);
    if (isAddress)
        return u"x509: cannot validate certificate for %1 because it doesn't contain any IP SANs"_s.arg(expectedName);
    return u"x509: certificate is not valid for any names, but wanted to match %1"_s.arg(expectedName);
}

QString goText(const QSslError &error, const QString &expectedName, const QDateTime &now)
{
    const QString prefix = u"tls: failed to verify certificate: "_s;
    switch (checkOf(error.error())) {
    case Check::Dates:
        return prefix + goDateText(error.certificate(), now);
    case Check::Name:
        return prefix + goNameText(error.certificate(), expectedName);
    case Check::Issuer:
        return prefix + u"x509: certificate signed by unknown authority"_s;
    case Check::Other:
        break;
    }
    return prefix + "x509: "_L1 + error.errorString();
}

} // namespace

TlsFailure describeTlsErrors(const QList<QSslError> &errors, const QString &expectedName, const QDateTime &now)
{
    QList<QSslError> ordered = errors;
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const QSslError &a, const QSslError &b) { return checkOf(a.error()) < checkOf(b.error()); });
    QStringList sentences;
    QStringList details;
    QList<Check> told;
    for (const QSslError &error : std::as_const(ordered)) {
        details << error.errorString();
        const Check check = checkOf(error.error());
        if (check != Check::Other && told.contains(check))
            continue; // OpenSSL has up to three names for one missing issuer
        told << check;
        sentences << sentence(error, expectedName);
    }
    if (!ordered.isEmpty() && !told.contains(Check::Dates))
        sentences << validitySentence(ordered.first());
    sentences.removeAll({});
    TlsFailure failure;
    failure.message = sentences.join(u' ');
    failure.advice = ordered.isEmpty() ? QString() : advice(ordered.first());
    failure.detail = details.join("; "_L1);
    failure.goText = ordered.isEmpty() ? QString() : goText(ordered.first(), expectedName, now);
    return failure;
}

} // namespace Fairlead::Net
