#pragma once

#include "core/kube/api/answerstream.h"
#include "core/kube/api/apierror.h"
#include "core/kube/config/connectionconfig.h"
#include "core/kube/objects/objects.h"
#include "core/kube/signin/credential.h"
#include "core/net/proxy/serverconnector.h"
#include "core/net/tlsfailure.h"
#include "core/protocol/http/message.h"
#include "core/support/result.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QSslConfiguration>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace Fairlead::Kube {

class CredentialSource;
struct NumberedCredential;

/// Header fields that sign a request in: Authorization and Impersonate-*. Reads tokenFile (cached, read again when it
/// changed or after 50 s); what a plugin or provider gives counts as far as it has given it (credentialSourceFor()).
/// Nothing but impersonation is sent to an http:// server.
[[nodiscard]] Http::Fields credentialFields(const ConnectionConfig &config);
/// The same with a credential of the plugin's or provider's that the caller has got.
[[nodiscard]] Http::Fields credentialFields(const ConnectionConfig &config, const Credential &signedIn);

/// The server URL's prefix, then `segments` percent-encoded one by one: "/prefix/api/v1/namespaces/a%2Fb".
[[nodiscard]] QByteArray apiPath(const ConnectionConfig &config, const QStringList &segments);

/// Plain REST to one API server through QNetworkAccessManager. Lives in the thread that made it; several may exist.
/// Every request has a deadline (30 s unless told), answers are capped at 64 MiB, and a request whose context object
/// died calls nobody; destroying the client cancels all. Redirects are not followed: credentials go to this host only.
/// Where a plugin or provider gives the credentials it is asked first, and once more after a 401, before the request is
/// repeated; the deadline runs from then on.
///
/// Behind a proxy all requests go over connections of core/net, one each and without compression: QNetworkAccessManager
/// knows no https proxies, and its words for what goes wrong with the others say little.
///
/// What is read as it comes does not go through QNetworkAccessManager, whose HTTP/1.1 has six connections a host (a
/// watch holds one for as long as it lives, so the seventh would wait for ever) and a thread of its own for each
/// manager. Every watch is a socket on this thread's event loop instead, and neither a GOAWAY nor a slow list ends or
/// delays it.
class ApiClient final : public QObject
{
    Q_OBJECT

public:
    using Answer = Result<QByteArray, ApiError>;

    struct Request {
        QByteArray verb = "GET";
        QByteArray path; ///< from apiPath()
        QUrlQuery query;
        QByteArray accept = "application/json";
        QByteArray body; ///< JSON
        int timeoutMs = 30'000;
    };

    explicit ApiClient(const ConnectionConfig &config, QObject *parent = nullptr);
    ~ApiClient() override;

    [[nodiscard]] const ConnectionConfig &config() const { return m_config; }
    /// Host and port, as error texts name the server.
    [[nodiscard]] QString hostText() const;
    /// A proxy is between, or a field occurs several times, of which QNetworkRequest of Qt 6.4 sends the last only.
    [[nodiscard]] bool needsStreams() const { return m_proxy.settings.isUsed() || m_repeatsFields; }
    /// Why no request can be made at all: something unsupported, or TLS material that cannot be used.
    [[nodiscard]] const std::optional<ApiError> &refusal() const { return m_refusal; }
    /// Answers in this thread, never before send() returned; no request is made if there is a refusal(). A null
    /// context means the client itself.
    void send(const Request &request, QObject *context, std::function<void(Answer)> done);
    /// GET of one pod, parsed. A pod that is missing because its namespace is gets the namespace's error.
    void getPod(const QString &namespaceName, const QString &pod, QObject *context,
                std::function<void(Result<PodInfo, ApiError>)> done);
    /// GET of one object of `kind`, e.g. "Service", out of the collection at `path`. Errors as of getPod().
    void getObject(const QByteArray &path, const QString &namespaceName, const QString &kind, QObject *context,
                   std::function<void(Result<QJsonObject, ApiError>)> done);
    /// A request whose answer is read as it comes (a watch), on a connection of its own; connect to it, then open() it.
    /// The caller owns it; it may outlive the client.
    [[nodiscard]] AnswerStream *stream(const Request &request, QObject *parent);
    /// Null: the config has its credentials in itself.
    [[nodiscard]] const std::shared_ptr<CredentialSource> &credentials() const { return m_credentials; }
    [[nodiscard]] ApiError errorOf(QNetworkReply &reply, const QByteArray &body) const;

private:
    void blameMissingNamespace(const QString &namespaceName, const ApiError &missing, QObject *context,
                               const std::function<void(Result<QJsonObject, ApiError>)> &done);
    friend class PendingCall;

    /// `credential` becomes the number of the one that is sent.
    [[nodiscard]] QNetworkReply *dispatch(const Request &request, quint64 *credential);
    void useCertificate(const NumberedCredential &credential);
    [[nodiscard]] Result<AnswerStream::Signature, ApiError> signStream(const Request &request);
    [[nodiscard]] std::optional<ApiError> prepareStreams(const NumberedCredential &credential);
    void refuseWhatCannotWork();
    void noteTlsErrors(QNetworkReply *reply, const QList<QSslError> &errors);
    void logWarnings(const QNetworkReply &reply);

    ConnectionConfig m_config;
    QNetworkAccessManager *m_network;
    QSslConfiguration m_tls;
    Net::ProxyRoute m_proxy;
    std::shared_ptr<Net::TlsContext> m_streamTls; ///< once a stream over TLS was asked for
    std::shared_ptr<CredentialSource> m_credentials;
    QByteArray m_certificate; ///< of the source's, in m_tls
    QByteArray m_streamCertificate; ///< in m_streamTls
    bool m_repeatsFields = false;
    std::optional<ApiError> m_refusal;
    QHash<const QObject *, Net::TlsFailure> m_tlsFailures; ///< by reply, until that is destroyed
    QSet<QByteArray> m_warningsSeen;
};

} // namespace Fairlead::Kube
