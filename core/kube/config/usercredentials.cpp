#include "core/kube/config/usercredentials.h"

#include "core/kube/config/authprovidercheck.h"
#include "core/kube/config/filebytes.h"
#include "core/kube/config/pemcheck.h"
#include "core/kube/config/usercheck.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

using Stage = ConfigProblem::Stage;

constexpr qint64 MaxPemBytes = 1024 * 1024; // a certificate, its chain and a key have some KiB
constexpr qint64 MaxTokenBytes = 1024 * 1024; // servers refuse header lines far shorter than this

class UserResolver
{
public:
    UserResolver(const UserEntry &user, ConnectionConfig &config, ConnectionSources &sources, Findings &findings)
        : m_user(user)
        , m_place(entryPlace(user.file, "user"_L1, user.name))
        , m_config(config)
        , m_sources(sources)
        , m_findings(findings)
    {
    }

    void run()
    {
        m_config.user = m_user.name;
        m_config.impersonate = m_user.impersonate;
        checkUserFields(m_user, m_findings);
        loadCertificate();
        if (m_config.server.scheme() == "http"_L1) {
            dropCredentials();
        } else {
            checkPair();
            loadToken();
            m_config.username = m_user.username;
            m_config.password = m_user.password;
            listMethods();
        }
    }

private:
    void problem(Stage stage, const QString &message, const QString &clientGo)
    {
        m_findings.problems.append({stage, message, clientGo});
    }

    [[nodiscard]] bool hasCertificate() const
    {
        return !m_user.certificateFile.isEmpty() || !m_user.certificateData.isEmpty();
    }
    [[nodiscard]] bool hasBasic() const { return !m_user.username.isEmpty() || !m_user.password.isEmpty(); }
    [[nodiscard]] bool hasToken() const { return !m_user.token.isEmpty() || !m_user.tokenFile.isEmpty(); }

    void loadCertificate()
    {
        if (!hasCertificate())
            return;
        m_config.clientCertificateSource =
            m_user.certificateData.isEmpty() ? m_user.certificateFile : u"client-certificate-data"_s;
        m_config.tls.clientCertificatePem =
            load(m_user.certificateData, m_user.certificateFile, u"client-certificate"_s, u"client-cert"_s);
        if (m_user.keyData.isEmpty() && m_user.keyFile.isEmpty())
            return;
        m_sources.clientKey = m_user.keyData.isEmpty() ? m_user.keyFile : u"client-key-data"_s;
        m_config.clientKeySource = m_sources.clientKey;
        m_config.tls.clientKeyPem = load(m_user.keyData, m_user.keyFile, u"client-key"_s, u"client-key"_s);
    }

    QByteArray load(const QByteArray &data, const QString &file, const QString &field, const QString &goField)
    {
        if (!data.isEmpty())
            return data;
        const auto bytes = readFileBytes(file, MaxPemBytes);
        if (bytes)
            return *bytes;
        m_unreadable = true;
        problem(
            Stage::Validate,
            Text::tr("%1: %2 \"%3\" cannot be read: %4.", "%1 file and user, %2 field, %3 file, %4 the system's words")
                .arg(m_place, field, file, bytes.error().text),
            u"unable to read %1 %2 for %3 due to %4"_s.arg(goField, file, m_user.name, bytes.error().go));
        return {};
    }

    void dropCredentials()
    {
        const bool any = hasCertificate() || hasToken() || hasBasic() || m_user.exec || m_user.authProvider;
        m_config.tls.clientCertificatePem.clear();
        m_config.tls.clientKeyPem.clear();
        m_config.clientCertificateSource.clear();
        m_config.clientKeySource.clear();
        m_sources.clientKey.clear();
        if (any)
            m_findings.warnings +=
                Text::tr("%1: its credentials are not sent, because the server is reached over http, unencrypted.",
                         "%1 file and user")
                    .arg(m_place);
    }

    void checkPair()
    {
        if (!hasCertificate() || m_sources.clientKey.isEmpty() || m_unreadable)
            return;
        const ClientPairCheck check = checkClientPair(m_config.tls.clientCertificatePem, m_config.tls.clientKeyPem);
        if (check.fault != ClientPairCheck::Fault::None)
            problem(Stage::Connect, pairFaultText(check.fault), pairFaultGoText(check.fault));
        warnAboutDates(check);
    }

    [[nodiscard]] QString pairFaultText(ClientPairCheck::Fault fault) const
    {
        const QString certificate = u"%1: %2"_s.arg(m_place, m_config.clientCertificateSource);
        const QString key = u"%1: %2"_s.arg(m_place, m_sources.clientKey);
        switch (fault) {
        case ClientPairCheck::Fault::None:
            return {};
        case ClientPairCheck::Fault::NoCertificate:
            return Text::tr("%1 holds no certificate in PEM form.", "%1 file, user and field").arg(certificate);
        case ClientPairCheck::Fault::BadCertificate:
            return Text::tr("%1 holds a damaged certificate.", "%1 file, user and field").arg(certificate);
        case ClientPairCheck::Fault::NoKey:
            return Text::tr("%1 holds no private key in PEM form.", "%1 file, user and field").arg(key);
        case ClientPairCheck::Fault::BadKey:
            return Text::tr("%1 holds a damaged private key.", "%1 file, user and field").arg(key);
        case ClientPairCheck::Fault::EncryptedKey:
            return Text::tr("%1 is encrypted with a passphrase, which neither Fairlead nor kubectl can use. Decrypt it "
                            "with: openssl pkey -in KEY -out DECRYPTED.",
                            "%1 file, user and field")
                .arg(key);
        case ClientPairCheck::Fault::Mismatch:
            return Text::tr("%1 does not belong to the certificate in %2. They must come from the same sign-in.",
                            "%1 file, user and field, %2 field or file")
                .arg(key, m_config.clientCertificateSource);
        }
        return {};
    }

    [[nodiscard]] static QString pairFaultGoText(ClientPairCheck::Fault fault)
    {
        switch (fault) {
        case ClientPairCheck::Fault::None:
            return {};
        case ClientPairCheck::Fault::NoCertificate:
            return u"tls: failed to find any PEM data in certificate input"_s;
        case ClientPairCheck::Fault::BadCertificate:
            return u"x509: malformed certificate"_s;
        case ClientPairCheck::Fault::NoKey:
            return u"tls: failed to find any PEM data in key input"_s;
        case ClientPairCheck::Fault::BadKey:
        case ClientPairCheck::Fault::EncryptedKey:
            return u"tls: failed to parse private key"_s;
        case ClientPairCheck::Fault::Mismatch:
            return u"tls: private key does not match public key"_s;
        }
        return {};
    }

    void warnAboutDates(const ClientPairCheck &check)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QString place = u"%1: %2"_s.arg(m_place, m_config.clientCertificateSource);
        if (check.notAfter.isValid() && check.notAfter < now)
            m_findings.warnings += Text::tr("%1 (%2) expired on %3; the server will refuse it. Sign in again.",
                                            "%1 file, user and field, %2 the certificate's subject, %3 date")
                                       .arg(place, check.subject, check.notAfter.toString(u"yyyy-MM-dd"_s));
        if (check.notBefore.isValid() && check.notBefore > now)
            m_findings.warnings +=
                Text::tr("%1 (%2) is not valid before %3; the server will refuse it. Is this computer's clock right?",
                         "%1 file, user and field, %2 the certificate's subject, %3 date")
                    .arg(place, check.subject, check.notBefore.toString(u"yyyy-MM-dd"_s));
    }

    void loadToken()
    {
        QString token = m_user.token;
        QLatin1StringView field("token");
        if (!m_user.tokenFile.isEmpty()) {
            m_config.tokenFile = m_user.tokenFile;
            const auto bytes = readFileBytes(m_user.tokenFile, MaxTokenBytes);
            if (bytes && !bytes->trimmed().isEmpty()) {
                token = QString::fromUtf8(bytes->trimmed()); // editors end files in a newline: not worth a warning
                field = "tokenFile"_L1;
            } else {
                reportTokenFile(bytes ? nullptr : &bytes.error());
            }
        }
        takeToken(token, field);
    }

    /// `error` is nullptr for a file that is empty. With a token beside it, the file only is worth a warning.
    void reportTokenFile(const FileError *error)
    {
        const QString message = error
            ? Text::tr("%1: tokenFile \"%2\" cannot be read: %3.", "%1 file and user, %2 file, %3 the system's words")
                  .arg(m_place, m_user.tokenFile, error->text)
            : Text::tr("%1: tokenFile \"%2\" is empty.", "%1 file and user, %2 file").arg(m_place, m_user.tokenFile);
        const QString go = error ? error->go : u"read empty token from file \"%1\""_s.arg(m_user.tokenFile);
        if (m_user.token.isEmpty())
            problem(error ? Stage::Choose : Stage::Connect, message, go);
        else
            m_findings.warnings += message;
    }

    void takeToken(const QString &token, QLatin1StringView field)
    {
        m_config.token = token.trimmed();
        if (m_config.token != token)
            m_findings.warnings +=
                Text::tr("%1: blanks around the token are left out; kubectl fails on them.", "%1 file and user")
                    .arg(m_place);
        const auto illegal = [](QChar c) { return c < u' ' || c == QChar(0x7f); };
        if (std::ranges::any_of(m_config.token, illegal))
            problem(Stage::Connect,
                    Text::tr("%1: %2 has a line break or another control character inside. Copy it again.",
                             "%1 file and user, %2 field")
                        .arg(m_place, field),
                    u"net/http: invalid header field value for \"Authorization\""_s);
    }

    void listMethods()
    {
        if (!m_user.tokenFile.isEmpty())
            m_config.authMethods += u"tokenFile"_s;
        else if (hasToken())
            m_config.authMethods += u"token"_s;
        if (hasBasic())
            m_config.authMethods += u"basic"_s;
        if (hasCertificate())
            m_config.authMethods += u"clientCertificate"_s;
        if (m_user.exec)
            listExec();
        if (m_user.authProvider)
            listAuthProvider();
    }

    void listExec()
    {
        if (!m_config.authMethods.isEmpty()) { // client-go runs no plugin then
            warnUnused(u"exec"_s);
            return;
        }
        m_config.authMethods += u"exec"_s;
        const QString &version = m_user.exec->apiVersion;
        const bool known =
            version == "client.authentication.k8s.io/v1"_L1 || version == "client.authentication.k8s.io/v1beta1"_L1;
        if (!known && !version.isEmpty())
            problem(Stage::Connect,
                    Text::tr("%1: exec: apiVersion \"%2\" is none that clients still speak. Update the sign-in plugin "
                             "\"%3\" and its entry to client.authentication.k8s.io/v1.",
                             "%1 file and user, %3 command")
                        .arg(m_place, version, m_user.exec->command),
                    u"exec plugin: invalid apiVersion \"%1\""_s.arg(version));
        else
            m_config.exec = m_user.exec;
    }

    void listAuthProvider()
    {
        if (hasToken() || hasBasic()) {
            warnUnused(u"auth-provider"_s);
            return;
        }
        m_config.authMethods += m_user.authProvider->name;
        if (const auto found = authProviderProblem(m_user))
            m_findings.problems.append(*found);
        else
            m_config.authProvider = m_user.authProvider;
    }

    void warnUnused(const QString &field)
    {
        m_findings.warnings += Text::tr("%1: %2 is not used, because other credentials are given and come first.",
                                        "%1 file and user, %2 exec or auth-provider")
                                   .arg(m_place, field);
    }

    const UserEntry &m_user;
    QString m_place;
    ConnectionConfig &m_config;
    ConnectionSources &m_sources;
    Findings &m_findings;
    bool m_unreadable = false;
};

} // namespace

void resolveUser(const UserEntry &user, ConnectionConfig &config, ConnectionSources &sources, Findings &findings)
{
    UserResolver(user, config, sources, findings).run();
}

} // namespace Fairlead::Kube
