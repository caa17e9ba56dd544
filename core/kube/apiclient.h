#pragma once

#include "core/kube/apierror.h"
#include "core/kube/connectionconfig.h"
#include "core/kube/objects.h"
#include "core/protocol/http/message.h"
#include "core/support/result.h"

#include <QObject>
#include <QUrlQuery>

#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace Fairlead::Kube {

/// Header fields that sign a request in: Authorization and Impersonate-*. Reads tokenFile (cached, read again when it
/// changed or after 50 s). Nothing but impersonation is sent to an http:// server.
[[nodiscard]] Http::Fields credentialFields(const ConnectionConfig &config);

/// The server URL's prefix, then `segments` percent-encoded one by one: "/prefix/api/v1/namespaces/a%2Fb".
[[nodiscard]] QByteArray apiPath(const ConnectionConfig &config, const QStringList &segments);

/// Plain REST to one API server through QNetworkAccessManager. Lives in the thread that made it; several may exist.
/// Every request has a deadline (30 s unless told), answers are capped, and a request whose context object died or
/// that was cancelled calls nobody.
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
    /// Answers in this thread, never before send() returned.
    void send(const Request &request, QObject *context, std::function<void(Answer)> done);
    /// GET of one pod, parsed.
    void getPod(const QString &namespaceName, const QString &pod, QObject *context,
                std::function<void(Result<PodInfo, ApiError>)> done);
    /// Starts a request whose answer is read as it comes (a watch). The caller owns the reply; errors are turned into
    /// words by errorOf().
    [[nodiscard]] QNetworkReply *stream(const Request &request);
    [[nodiscard]] ApiError errorOf(QNetworkReply &reply, const QByteArray &body) const;

private:
    ConnectionConfig m_config;
    QNetworkAccessManager *m_network;
};

} // namespace Fairlead::Kube
