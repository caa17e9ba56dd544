#include "core/kube/api/apiclient.h"

#include "core/kube/api/answerstream.h"
#include "core/kube/api/errormapping.h"
#include "core/kube/api/pendingcall.h"
#include "core/kube/objects/podparser.h"
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
    if (hasRepeatedField(credentialFields(m_config))) {
        m_refusal = unsupportedError({tr("Impersonating with several groups or extra values is not supported yet.")});
        return;
    }
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
    const std::optional<ApiError> refusal = prepareStreams();
    if (refusal)
        return new AnswerStream(*refusal, parent);
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
    const Http::Fields credentials = credentialFields(m_config);
    for (const auto &[name, value] : credentials.all())
        head.fields.add(name, value);
    const bool secure = isSecure(m_config);
    return new AnswerStream({m_config.server.host(), quint16(m_config.server.port(secure ? 443 : 80)), m_streamTls,
                             Http::encode(head) + request.body, request.timeoutMs, hostText(), m_proxy},
                            parent);
}

/// Why there can be no stream.
std::optional<ApiError> ApiClient::prepareStreams()
{
    if (m_refusal || m_streamTls || !isSecure(m_config))
        return m_refusal;
    const auto tls = Net::TlsContext::create(m_config.tls, m_config.server.host());
    if (!tls)
        return tlsMaterialError(tls.error());
    m_streamTls = *tls;
    return std::nullopt;
}

QNetworkReply *ApiClient::dispatch(const Request &request)
{
    QNetworkRequest outgoing(urlOf(m_config, request));
    isolate(outgoing);
    outgoing.setRawHeader("Accept", request.accept);
    outgoing.setRawHeader("User-Agent", userAgent());
    if (m_config.disableCompression) // QNetworkAccessManager asks for gzip by itself
        outgoing.setRawHeader("Accept-Encoding", "identity");
    if (!request.body.isEmpty())
        outgoing.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const Http::Fields credentials = credentialFields(m_config);
    for (const auto &[name, value] : credentials.all())
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
