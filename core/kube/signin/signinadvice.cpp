#include "core/kube/signin/signinadvice.h"

#include "core/kube/config/pemcheck.h"
#include "core/kube/signin/jwt.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

QString timeText(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

QString tokenAdvice(const ConnectionConfig &config, const QDateTime &now)
{
    const auto expires = jwtExpiry(config.token.toUtf8());
    if (expires && *expires <= now)
        return Text::tr("The token of user \"%1\" expired on %2.", "%1 user, %2 time")
            .arg(config.user, timeText(*expires));
    return {};
}

QString certificateAdvice(const ConnectionConfig &config, const QDateTime &now)
{
    const ClientPairCheck pair = checkClientPair(config.tls.clientCertificatePem, config.tls.clientKeyPem);
    if (pair.notAfter.isValid() && pair.notAfter <= now)
        return Text::tr("The certificate of user \"%1\" (%2) expired on %3.", "%1 user, %2 subject, %3 time")
            .arg(config.user, pair.subject, timeText(pair.notAfter));
    return {};
}

} // namespace

QString signInCommand(const ConnectionConfig &config)
{
    // OpenShift 4.6 and later; nobody else has such tokens.
    if (!config.token.startsWith("sha256~"_L1))
        return {};
    return u"oc login --server="_s + config.server.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
}

QString signInAdvice(const ConnectionConfig &config, const QDateTime &now)
{
    if (const QString command = signInCommand(config); !command.isEmpty())
        return Text::tr("The token of \"oc login\" has expired or was taken back. Sign in again: %1", "%1 a command")
            .arg(command);
    if (!config.token.isEmpty() && config.tokenFile.isEmpty())
        return tokenAdvice(config, now);
    if (!config.tls.clientCertificatePem.isEmpty())
        return certificateAdvice(config, now);
    return {};
}

} // namespace Fairlead::Kube
