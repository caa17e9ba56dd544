#include "core/kube/signin/oidcrun.h"

#include "core/kube/config/base64data.h"
#include "core/kube/config/environmentproxy.h"
#include "core/kube/config/filebytes.h"
#include "core/kube/signin/jwt.h"
#include "core/net/tlsconfiguration.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QProcessEnvironment>
#include <QSslConfiguration>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

constexpr qsizetype MaxAnswerBytes = 1024 * 1024;
constexpr qint64 MaxRootsBytes = 4 * 1024 * 1024;
constexpr int AnswerMs = 30'000;
constexpr qsizetype MaxDetail = 400;

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

SignInFailure failure(const QString &text, const QString &goText, const QString &detail = {})
{
    return {text, detail, goText, false};
}

/// RFC 6749 section 5.2: the provider's own words.
QString providerWords(const QByteArray &body)
{
    const QJsonObject error = QJsonDocument::fromJson(body).object();
    const QString code = error["error"_L1].toString();
    const QString words = error["error_description"_L1].toString();
    return code.isEmpty() || words.isEmpty() ? code + words : code + ": "_L1 + words;
}

QByteArray formValue(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

} // namespace

Result<QByteArray, SignInFailure> oidcTokenEndpoint(const QByteArray &discovery, const QString &issuer)
{
    const QString endpoint = QJsonDocument::fromJson(discovery).object()["token_endpoint"_L1].toString();
    const QUrl url(endpoint, QUrl::StrictMode);
    const bool secure = url.scheme() == "https"_L1;
    const bool plainAllowed = url.scheme() == "http"_L1 && QUrl(issuer).scheme() == "http"_L1;
    if (url.isValid() && !url.host().isEmpty() && (secure || plainAllowed))
        return url.toEncoded();
    return Failure{
        failure(Text::tr("The sign-in provider %1 does not say where tokens are to be had. Is idp-issuer-url "
                         "right?",
                         "%1 URL")
                    .arg(issuer),
                u"oidc: discovery object doesn't contain a valid token_endpoint"_s)};
}

Result<Credential, SignInFailure> oidcAnswer(const QByteArray &answer, const QByteArray &refreshToken,
                                             const QString &issuer)
{
    const QJsonObject object = QJsonDocument::fromJson(answer).object();
    Credential result;
    result.token = object["id_token"_L1].toString().toUtf8();
    const QByteArray next = object["refresh_token"_L1].toString().toUtf8();
    result.refreshToken = next.isEmpty() ? refreshToken : next;
    result.expires = jwtExpiry(result.token);
    if (result.expires)
        return result;
    return Failure{
        failure(Text::tr("The sign-in provider %1 gave no id-token. Does its client allow the scope openid?", "%1 URL")
                    .arg(issuer),
                u"token response did not contain an id_token, either the scope \"openid\" wasn't requested "
                "upon login, or the provider doesn't support id_tokens as part of the refresh response"_s)};
}

OidcRun::OidcRun(QMap<QString, QString> settings, QObject *parent)
    : SignInRun(parent)
    , m_settings(std::move(settings))
{
}

OidcRun::~OidcRun()
{
    m_over = true;
}

QString OidcRun::issuer() const
{
    QString url = setting("idp-issuer-url");
    while (url.endsWith(u'/'))
        url.chop(1);
    return url;
}

void OidcRun::start()
{
    if (setting("refresh-token").isEmpty())
        return fail(Text::tr("The id-token of %1 has expired, and there is no refresh-token in the kubeconfig to get "
                             "another. Sign in again with the program that wrote it.",
                             "%1 URL")
                        .arg(issuer()),
                    u"No valid id-token, and cannot refresh without refresh-token"_s);
    if (!prepareTrust())
        return;
    m_network = new QNetworkAccessManager(this);
    const QByteArray url = issuer().toUtf8() + "/.well-known/openid-configuration";
    if (!useProxyFor(url))
        return;
    expect(m_network->get(requestFor(url)), &OidcRun::takeDiscovery);
}

/// The roots of idp-certificate-authority(-data) alone, or the system's.
bool OidcRun::prepareTrust()
{
    Net::TlsMaterial material;
    const QString file = setting("idp-certificate-authority");
    if (const QString data = setting("idp-certificate-authority-data"); !data.isEmpty()) {
        const auto decoded = decodeBase64(data);
        if (decoded)
            material.caPem = decoded->bytes;
    } else if (!file.isEmpty()) {
        const auto bytes = readFileBytes(file, MaxRootsBytes);
        if (!bytes) {
            fail(Text::tr("idp-certificate-authority \"%1\" cannot be read: %2.", "%1 file, %2 the system's words")
                     .arg(file, bytes.error().text),
                 bytes.error().go);
            return false;
        }
        material.caPem = *bytes;
    }
    const bool wanted = !file.isEmpty() || !setting("idp-certificate-authority-data").isEmpty();
    const auto tls = Net::makeTlsConfiguration(material);
    if (!tls || (wanted && material.caPem.isEmpty())) {
        fail(Text::tr("The certificates to trust for %1 (idp-certificate-authority) cannot be used.", "%1 URL")
                 .arg(issuer()),
             u"unable to load root certificates"_s, tls ? QString() : tls.error());
        return false;
    }
    m_tls = *tls;
    return true;
}

QNetworkRequest OidcRun::requestFor(const QByteArray &url) const
{
    QNetworkRequest request(QUrl::fromEncoded(url));
    request.setSslConfiguration(m_tls);
    request.setTransferTimeout(AnswerMs);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setRawHeader("Accept", "application/json");
    return request;
}

/// The environment's, as Go's clients do; the cluster's proxy-url says nothing about providers.
bool OidcRun::useProxyFor(const QByteArray &url)
{
    constexpr int ProxyPort = 80;
    const QUrl proxy(proxyFromEnvironment(QUrl::fromEncoded(url), QProcessEnvironment::systemEnvironment()).url);
    if (proxy.scheme() == "https"_L1) { // QNetworkAccessManager would speak to it in the clear
        fail(
            Text::tr("The proxy %1 of the environment is spoken to over TLS, and sign-in providers are reached through "
                     "http:// and socks5:// proxies only. Set HTTPS_PROXY to one of those, or add %2 to NO_PROXY.",
                     "%1 URL, %2 host")
                .arg(proxy.toString(QUrl::RemoveUserInfo), QUrl::fromEncoded(url).host()),
            u"https proxies are not supported for OIDC providers"_s);
        return false;
    }
    if (proxy.host().isEmpty()) {
        m_network->setProxy(QNetworkProxy::NoProxy);
        return true;
    }
    const auto type = proxy.scheme().startsWith("socks5"_L1) ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
    m_network->setProxy(QNetworkProxy(type, proxy.host(), quint16(proxy.port(ProxyPort)),
                                      proxy.userName(QUrl::FullyDecoded), proxy.password(QUrl::FullyDecoded)));
    return true;
}

void OidcRun::expect(QNetworkReply *reply, Then then)
{
    m_reply = reply;
    m_body.clear();
    connect(reply, &QNetworkReply::readyRead, this, [this] {
        m_body += m_reply->readAll();
        if (m_body.size() > MaxAnswerBytes)
            m_reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, then] { read(then); });
}

void OidcRun::read(Then then)
{
    if (m_over || !m_reply)
        return;
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    m_body += reply->readAll();
    const QVariant status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (status.isValid() && m_body.size() <= MaxAnswerBytes)
        return (this->*then)(status.toInt(), m_body);
    fail(Text::tr("The sign-in provider %1 cannot be reached.", "%1 URL").arg(issuer()),
         u"Get \"%1\": %2"_s.arg(reply->url().toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo), reply->errorString()),
         reply->errorString());
}

void OidcRun::takeDiscovery(int status, const QByteArray &body)
{
    if (!isSuccess(status))
        return fail(Text::tr("The sign-in provider %1 does not describe itself (%2). Is idp-issuer-url right?",
                             "%1 URL, %2 HTTP status")
                        .arg(issuer(), QString::number(status)),
                    u"status %1: discovery failed"_s.arg(status));
    const auto endpoint = oidcTokenEndpoint(body, issuer());
    if (!endpoint)
        return finish(Failure{endpoint.error()});
    m_tokenEndpoint = *endpoint;
    refresh(false);
}

void OidcRun::refresh(bool clientInForm)
{
    const QString client = setting("client-id");
    const QString secret = setting("client-secret");
    QNetworkRequest request = requestFor(m_tokenEndpoint);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    QByteArray form = "grant_type=refresh_token&refresh_token=" + formValue(setting("refresh-token"));
    if (!clientInForm) { // RFC 6749 section 2.3.1
        request.setRawHeader("Authorization", "Basic " + (formValue(client) + ':' + formValue(secret)).toBase64());
    } else {
        form += "&client_id=" + formValue(client);
        if (!secret.isEmpty())
            form += "&client_secret=" + formValue(secret);
    }
    if (!useProxyFor(m_tokenEndpoint))
        return;
    expect(m_network->post(request, form), clientInForm ? &OidcRun::takeAnswer : &OidcRun::takeFirstAnswer);
}

/// Providers that know the client by the form only refuse it otherwise, each in its own way.
void OidcRun::takeFirstAnswer(int status, const QByteArray &body)
{
    if (isSuccess(status))
        return takeAnswer(status, body);
    m_firstWords = providerWords(body);
    refresh(true);
}

void OidcRun::takeAnswer(int status, const QByteArray &body)
{
    if (isSuccess(status))
        return finish(oidcAnswer(body, setting("refresh-token").toUtf8(), issuer()));
    QString words = providerWords(body);
    const bool onlyOfTheForm = words.isEmpty() || words.startsWith("invalid_client"_L1);
    if (onlyOfTheForm && !m_firstWords.isEmpty())
        words = m_firstWords;
    fail(Text::tr("The sign-in provider %1 does not accept the refresh-token any more. Sign in again with the program "
                  "that wrote it to the kubeconfig.",
                  "%1 URL")
             .arg(issuer()),
         u"failed to refresh token: oauth2: cannot fetch token: %1"_s.arg(status), words);
}

void OidcRun::cancel()
{
    SignInFailure failure{Text::tr("The sign-in with %1 was cancelled.", "%1 program").arg(issuer()), {}, {}, true};
    finish(Failure{failure});
}

/// Providers may repeat what they refuse, and their words are shown.
void OidcRun::fail(const QString &text, const QString &goText, const QString &detail)
{
    QString safe = detail;
    for (const char *secret : {"refresh-token", "client-secret", "id-token"}) {
        if (const QString value = setting(secret); !value.isEmpty())
            safe.replace(value, u"…"_s);
    }
    finish(Failure{failure(text, goText, safe.left(MaxDetail))});
}

void OidcRun::finish(const Outcome &outcome)
{
    if (std::exchange(m_over, true))
        return;
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
    emit finished(outcome);
}

} // namespace Fairlead::Kube
