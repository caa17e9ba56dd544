#pragma once

#include "core/kube/api/apierror.h"
#include "core/net/proxy/serverconnector.h"
#include "core/net/streamsocket.h"
#include "core/protocol/http/bodyreader.h"
#include "core/protocol/http/headparser.h"
#include "core/support/result.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QTimer;

namespace Fairlead::Kube {

class CredentialSource;
struct SignInFailure;

/// One request whose answer is read as it comes and may last for hours: a watch. It has a connection of its own, on
/// this thread's event loop, and closes that after the answer. Costs a descriptor and some tens of KiB, no thread.
/// Delete it with deleteLater() from inside its signals, or close() it and leave it to its parent.
class AnswerStream final : public QObject
{
    Q_OBJECT

public:
    /// What depends on who asks.
    struct Signature {
        std::shared_ptr<Net::TlsContext> tls; ///< null: plain HTTP
        QByteArray request; ///< the encoded head, and a body if there is one
        quint64 credential = 0; ///< number of the source's that is in it
    };

    struct Target {
        QString host; ///< without brackets
        quint16 port = 443;
        Signature signature;
        int timeoutMs = 30'000; ///< until the head of the answer, and for a refusal as a whole
        QString hostText; ///< as error texts name the server
        Net::ProxyRoute proxy = {};
        std::shared_ptr<CredentialSource> credentials = {}; ///< asked first; then sign() gives the signature
        std::function<Result<Signature, ApiError>()> sign = {};
    };

    AnswerStream(Target target, QObject *parent);
    /// One that has failed before it began.
    AnswerStream(const ApiError &refusal, QObject *parent);
    ~AnswerStream() override;

    /// After this has returned comes failed(), or answered(), arrived() for each piece, and ended().
    void open();
    /// At once, and silently.
    void close();
    /// Of the answer, from answered() on.
    [[nodiscard]] const Http::ResponseHead &head() const { return m_head; }

signals:
    /// The head of a success is in.
    void answered();
    void arrived(const QByteArray &bytes);
    /// The answer was complete, or the connection broke in the middle of it: for a watch it is the same.
    void ended();
    /// No success.
    void failed(const Fairlead::Kube::ApiError &error);

private:
    void takeSignIn(const std::optional<SignInFailure> &failure);
    void connectToServer();
    void startStream();
    void onHandshakeFailed(const QString &detail, bool byTls);
    void sendRequest();
    void read();
    void take(QByteArrayView bytes);
    void takeHead(const Http::ResponseHead &head);
    void takeBody(QByteArrayView bytes);
    void connectionOver(const QString &detail);
    void onDeadline();
    void fail(const ApiError &error);
    [[nodiscard]] bool isSuccess() const { return m_head.status >= 200 && m_head.status < 300; }
    [[nodiscard]] ApiError refusalError() const;

    Target m_target;
    std::optional<ApiError> m_refusal;
    Net::ServerConnector *m_connector = nullptr;
    Net::StreamSocket *m_socket = nullptr;
    QTimer *m_deadline = nullptr;
    Http::ResponseParser m_parser;
    Http::ResponseHead m_head;
    std::optional<Http::BodyReader> m_body; ///< once the head is in
    bool m_over = false;
};

} // namespace Fairlead::Kube
