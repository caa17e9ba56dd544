#include "core/kube/api/apiclient.h"

#include "core/kube/api/errormapping.h"
#include "core/kube/api/pendingcall.h"
#include "core/kube/objects/podparser.h"
#include "core/kube/signin/credentialsource.h"
#include "core/net/tlsconfiguration.h"
#include "core/net/tlscontext.h"
#include "core/support/clock.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QSysInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

Q_LOGGING_CATEGORY(lcKube, "fairlead.kube")

/// The pattern of Go clients: NAME/VERSION (OS/ARCH).
QByteArray userAgent()
{
    QString architecture = QSysInfo::currentCpuArchitecture();
    if (architecture == "x86_64"_L1)
        architecture = u"amd64"_s;
    return u"fairlead/%1 (%2/%3)"_s.arg(QStringLiteral(FAIRLEAD_VERSION), QSysInfo::kernelType(), architecture)
        .toLatin1();
}

bool isSecure(const ConnectionConfig &config)
{
    return config.server.scheme() == "https"_L1;
}

/// Path and query as on the wire.
QByteArray targetOf(const ApiClient::Request &request)
{
    if (request.query.isEmpty())
        return request.path;
    // '+' would arrive as a space
    return request.path + '?' + request.query.toString(QUrl::FullyEncoded).replace(u'+', "%2B"_L1).toLatin1();
}

/// The path is encoded already; nothing may be decoded on the way, or "%2F" in a name became a separator.
QUrl urlOf(const ConnectionConfig &config, const ApiClient::Request &request)
{
    const QUrl root = config.server.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return QUrl::fromEncoded(root.toEncoded(QUrl::RemoveUserInfo) + targetOf(request), QUrl::StrictMode);
}

QByteArray hostField(const QUrl &server)
{
    const QString host = server.host(QUrl::FullyEncoded);
    const QString bracketed = host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host;
    return server.port() < 0 ? bracketed.toLatin1() : bracketed.toLatin1() + ':' + QByteArray::number(server.port());
}

ApiError tlsMaterialError(const QString &sentence)
{
    ApiError error;
    error.kind = ApiError::Kind::Tls;
    error.message = sentence;
    error.kubectlText = "error: "_L1 + sentence;
    return error;
}

/// Whether a field occurs more than once; QNetworkRequest of Qt 6.4 sends only the last.
bool hasRepeatedField(const Http::Fields &fields)
{
    QSet<QByteArray> seen;
    for (const auto &[name, value] : fields.all()) {
        if (seen.contains(name.toLower()))
            return true;
        seen.insert(name.toLower());
    }
    return false;
}

/// Only what this program sets goes out: no cookies, no stored passwords, no redirects with credentials.
void isolate(QNetworkRequest &request)
{
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    // Lists of similar objects shrink far below 1:40, which Qt takes for an attack. PendingCall counts the bytes.
    request.setDecompressedSafetyCheckThreshold(-1);
}

} // namespace

ApiClient::ApiClient(const ConnectionConfig &config, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_network(new QNetworkAccessManager(this))
    , m_credentials(credentialSourceFor(config))
{
    // Proxies of kubeconfig and environment belong to the config; the desktop's own settings never count.
    m_network->setProxy(QNetworkProxy::NoProxy);
    connect(m_network, &QNetworkAccessManager::sslErrors, this, &ApiClient::noteTlsErrors);
    refuseWhatCannotWork();
}

ApiClient::~ApiClient()
{
    // Before m_network goes, which they use.
    qDeleteAll(findChildren<PendingCall *>(QString(), Qt::FindDirectChildrenOnly));
}

void ApiClient::refuseWhatCannotWork()
{
    if (!m_config.unsupported.isEmpty()) {
        m_refusal = unsupportedError(m_config.unsupported);
        return;
    }
    m_repeatsFields = hasRepeatedField(credentialFields(m_config, {}));
    const auto proxy = Net::makeProxyRoute(m_config.proxyUrl, m_config.proxySource, m_config.tls);
    if (!proxy) {
        m_refusal = unsupportedError({proxy.error()});
        return;
    }
    m_proxy = *proxy;
    const auto tls = Net::makeTlsConfiguration(m_config.tls);
    if (tls) {
        m_tls = *tls;
        return;
    }
    m_refusal = tlsMaterialError(tls.error());
}

QString ApiClient::hostText() const
{
    const QString host = m_config.server.host();
    const int port = m_config.server.port(m_config.server.scheme() == "http"_L1 ? 80 : 443);
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

void ApiClient::send(const Request &request, QObject *context, std::function<void(Answer)> done)
{
    auto *call = new PendingCall(*this, request, context ? context : this, std::move(done));
    call->start();
}

void ApiClient::getPod(const QString &namespaceName, const QString &pod, QObject *context,
                       std::function<void(Result<PodInfo, ApiError>)> done)
{
    getObject(apiPath(m_config, {u"api"_s, u"v1"_s, u"namespaces"_s, namespaceName, u"pods"_s, pod}), namespaceName,
              u"Pod"_s, context, [done = std::move(done)](const Result<QJsonObject, ApiError> &answer) {
                  if (answer)
                      done(podInfoFrom(*answer));
                  else
                      done(Failure{answer.error()});
              });
}

void ApiClient::getObject(const QByteArray &path, const QString &namespaceName, const QString &kind, QObject *context,
                          std::function<void(Result<QJsonObject, ApiError>)> done)
{
    Request request;
    request.path = path;
    send(request, context, [this, namespaceName, kind, context, done = std::move(done)](const Answer &answer) {
        if (!answer && answer.error().kind == ApiError::Kind::NotFound) {
            blameMissingNamespace(namespaceName, answer.error(), context, done);
            return;
        }
        if (!answer) {
            done(Failure{answer.error()});
            return;
        }
        const QJsonObject object = QJsonDocument::fromJson(*answer).object();
        if (object["kind"_L1].toString() != kind)
            done(Failure{badAnswerError({200, {}, *answer, {}, {}}, hostText())});
        else
            done(object);
    });
}

/// The server says that the object is missing even where its whole namespace is; kubectl asks again to tell the two
/// apart.
void ApiClient::blameMissingNamespace(const QString &namespaceName, const ApiError &missing, QObject *context,
                                      const std::function<void(Result<QJsonObject, ApiError>)> &done)
{
    Request request;
    request.path = apiPath(m_config, {u"api"_s, u"v1"_s, u"namespaces"_s, namespaceName});
    send(request, context, [missing, done](const Answer &answer) {
        const bool namespaceMissing = !answer && answer.error().kind == ApiError::Kind::NotFound;
        done(Failure{namespaceMissing ? answer.error() : missing});
    });
}

AnswerStream *ApiClient::stream(const Request &request, QObject *parent)
{
    if (m_refusal)
        return new AnswerStream(*m_refusal, parent);
    AnswerStream::Target target{m_config.server.host(),
                                quint16(m_config.server.port(isSecure(m_config) ? 443 : 80)),
                                {},
                                request.timeoutMs,
                                hostText(),
                                m_proxy};
    if (m_credentials) {
        target.credentials = m_credentials;
        target.sign = [client = QPointer<ApiClient>(this), request]() -> Result<AnswerStream::Signature, ApiError> {
            if (client)
                return client->signStream(request);
            return Failure{ApiError{ApiError::Kind::Cancelled}};
        };
        return new AnswerStream(target, parent);
    }
    const auto signature = signStream(request);
    if (!signature)
        return new AnswerStream(signature.error(), parent);
    target.signature = *signature;
    return new AnswerStream(target, parent);
}

/// What depends on who asks.
Result<AnswerStream::Signature, ApiError> ApiClient::signStream(const Request &request)
{
    const NumberedCredential credential = m_credentials ? m_credentials->current() : NumberedCredential();
    if (const auto refusal = prepareStreams(credential))
        return Failure{*refusal};
    Http::RequestHead head;
    head.method = request.verb;
    head.target = targetOf(request);
    head.fields.add("Host", hostField(m_config.server));
    head.fields.add("Accept", request.accept);
    head.fields.add("User-Agent", userAgent());
    head.fields.add("Accept-Encoding", "identity"); // events must not wait inside somebody's compressor
    if (!request.body.isEmpty()) {
        head.fields.add("Content-Type", "application/json");
        head.fields.add("Content-Length", QByteArray::number(request.body.size()));
    }
    const Http::Fields signing = credentialFields(m_config, credential.credential);
    for (const auto &[name, value] : signing.all())
        head.fields.add(name, value);
    return AnswerStream::Signature{m_streamTls, Http::encode(head) + request.body, credential.number};
}

/// Why there can be no stream.
std::optional<ApiError> ApiClient::prepareStreams(const NumberedCredential &credential)
{
    const bool sameCertificate = credential.credential.certificatePem == m_streamCertificate;
    if (m_refusal || !isSecure(m_config) || (m_streamTls && sameCertificate))
        return m_refusal;
    const auto tls = Net::TlsContext::create(signedTls(m_config, credential.credential), m_config.server.host());
    if (!tls)
        return tlsMaterialError(tls.error());
    m_streamTls = *tls;
    m_streamCertificate = credential.credential.certificatePem;
    return std::nullopt;
}

/// Connections with the former certificate stay who they were, so they are not used again.
void ApiClient::useCertificate(const NumberedCredential &credential)
{
    if (credential.credential.certificatePem == m_certificate)
        return;
    const auto tls = Net::makeTlsConfiguration(signedTls(m_config, credential.credential));
    if (!tls) // cannot be: it was checked when it came
        return;
    m_tls = *tls;
    m_certificate = credential.credential.certificatePem;
    m_network->clearConnectionCache();
}

QNetworkReply *ApiClient::dispatch(const Request &request, quint64 *credential)
{
    const NumberedCredential signedIn = m_credentials ? m_credentials->current() : NumberedCredential();
    *credential = signedIn.number;
    useCertificate(signedIn);
    QNetworkRequest outgoing(urlOf(m_config, request));
    isolate(outgoing);
    outgoing.setRawHeader("Accept", request.accept);
    outgoing.setRawHeader("User-Agent", userAgent());
    if (m_config.disableCompression) // QNetworkAccessManager asks for gzip by itself
        outgoing.setRawHeader("Accept-Encoding", "identity");
    if (!request.body.isEmpty())
        outgoing.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const Http::Fields signing = credentialFields(m_config, signedIn.credential);
    for (const auto &[name, value] : signing.all())
        outgoing.setRawHeader(name, value);
    if (isSecure(m_config)) {
        outgoing.setSslConfiguration(m_tls);
        outgoing.setPeerVerifyName(m_config.tls.serverName);
    }
    QNetworkReply *reply = m_network->sendCustomRequest(outgoing, request.verb, request.body);
    connect(reply, &QNetworkReply::metaDataChanged, this, [this, reply] { logWarnings(*reply); });
    return reply;
}

void ApiClient::noteTlsErrors(QNetworkReply *reply, const QList<QSslError> &errors)
{
    if (m_config.tls.insecure) {
        reply->ignoreSslErrors();
        return;
    }
    const QString expected = m_config.tls.serverName.isEmpty() ? m_config.server.host() : m_config.tls.serverName;
    m_tlsFailures[reply] = Net::describeTlsErrors(errors, expected, SystemClock::instance().now());
    connect(reply, &QObject::destroyed, this, [this](const QObject *gone) { m_tlsFailures.remove(gone); });
}

ApiError ApiClient::errorOf(QNetworkReply &reply, const QByteArray &body) const
{
    if (const auto failure = m_tlsFailures.constFind(&reply); failure != m_tlsFailures.cend())
        return errorFromTls(*failure, hostText());
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    const bool answered = status.isValid() && (status.toInt() < 200 || status.toInt() >= 300);
    if (!answered)
        return errorFromNetwork(reply.error(), reply.errorString(), hostText());
    const QUrl target = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    return errorFromAnswer({status.toInt(), reply.rawHeader("Content-Type"), body, reply.rawHeader("Retry-After"),
                            target.toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo)},
                           hostText());
}

/// Deprecations and admission notes; each once, since every watch repeats them.
void ApiClient::logWarnings(const QNetworkReply &reply)
{
    constexpr qsizetype MaxRemembered = 100;
    const QByteArray warning = reply.rawHeader("Warning");
    if (warning.isEmpty() || m_warningsSeen.contains(warning) || m_warningsSeen.size() >= MaxRemembered)
        return;
    m_warningsSeen.insert(warning);
    qCInfo(lcKube).noquote() << hostText() << "warns:" << QString::fromUtf8(warning);
}

} // namespace Fairlead::Kube
