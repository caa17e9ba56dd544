#pragma once

#include "core/kube/signin/signinrun.h"

#include <QByteArray>
#include <QMap>
#include <QPointer>
#include <QSslConfiguration>
#include <QString>

class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;

namespace Fairlead::Kube {

/// What a provider answered with, told apart from how it came.
[[nodiscard]] Result<QByteArray, SignInFailure> oidcTokenEndpoint(const QByteArray &discovery, const QString &issuer);
/// `refreshToken` stays in use if the answer brings no other.
[[nodiscard]] Result<Credential, SignInFailure> oidcAnswer(const QByteArray &answer, const QByteArray &refreshToken,
                                                           const QString &issuer);

/// Gets a new id-token with the refresh token of auth-provider oidc: discovery (OpenID Connect Discovery 1.0), then a
/// refresh request (RFC 6749 section 6) with the client's name in the Authorization field and, if that is refused, in
/// the form. Nothing is written back to the kubeconfig. Goes to the issuer and to the token endpoint that this names,
/// which must be https unless the issuer itself is not; follows no redirects.
class OidcRun final : public SignInRun
{
    Q_OBJECT

public:
    explicit OidcRun(QMap<QString, QString> settings, QObject *parent = nullptr);
    ~OidcRun() override;

    void start() override;
    void cancel() override;

private:
    using Then = void (OidcRun::*)(int status, const QByteArray &body);

    [[nodiscard]] QString setting(const char *name) const { return m_settings.value(QString::fromLatin1(name)); }
    [[nodiscard]] QString issuer() const;
    [[nodiscard]] bool prepareTrust();
    [[nodiscard]] QNetworkRequest requestFor(const QByteArray &url) const;
    /// False when it has failed for that.
    [[nodiscard]] bool useProxyFor(const QByteArray &url);
    void expect(QNetworkReply *reply, Then then);
    void read(Then then);
    void takeDiscovery(int status, const QByteArray &body);
    void refresh(bool clientInForm);
    void takeFirstAnswer(int status, const QByteArray &body);
    void takeAnswer(int status, const QByteArray &body);
    void fail(const QString &text, const QString &goText, const QString &detail = {});
    void finish(const Outcome &outcome);

    QMap<QString, QString> m_settings;
    QSslConfiguration m_tls;
    QNetworkAccessManager *m_network = nullptr;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_tokenEndpoint;
    QByteArray m_body;
    QString m_firstWords; ///< of the refusal of the first form of the request
    bool m_over = false;
};

} // namespace Fairlead::Kube
