#include "core/kube/api/pendingcall.h"

#include "core/kube/api/answerstream.h"
#include "core/kube/api/errormapping.h"
#include "core/kube/signin/credentialsource.h"

#include <QNetworkReply>

#include <utility>

namespace Fairlead::Kube {

namespace {

/// A page of 500 whole pods has about 10 MB; servers that ignore `limit` send all of them at once, 20,000 rows of a
/// Table being about 40 MB. What is larger would only fill the memory of a desktop program.
constexpr qsizetype MaxAnswerBytes = 64 * 1024 * 1024;

} // namespace

PendingCall::PendingCall(ApiClient &client, ApiClient::Request request, QObject *context,
                         std::function<void(ApiClient::Answer)> done)
    : QObject(&client)
    , m_client(client)
    , m_request(std::move(request))
    , m_context(context)
    , m_done(std::move(done))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &PendingCall::timeOut);
    connect(context, &QObject::destroyed, this, [this] {
        drop();
        deleteLater();
    });
}

PendingCall::~PendingCall()
{
    drop();
}

void PendingCall::start()
{
    if (const auto refusal = m_client.refusal()) {
        QMetaObject::invokeMethod(
            this, [this, error = *refusal] { answer(Failure{error}); }, Qt::QueuedConnection);
        return;
    }
    signIn();
}

/// At once where no plugin or provider has to be asked.
void PendingCall::signIn()
{
    const auto begin = [this](const std::optional<SignInFailure> &failure) {
        if (failure)
            return answer(Failure{errorFromSignIn(*failure)});
        m_deadline.start(m_request.timeoutMs);
        ask();
    };
    if (m_client.credentials())
        m_client.credentials()->ensure(this, begin);
    else
        begin(std::nullopt);
}

/// After a 401 nothing has happened on the server, so whatever was asked may be asked again.
void PendingCall::signInAgain()
{
    m_deadline.stop();
    drop();
    m_body.clear();
    signIn();
}

void PendingCall::ask()
{
    if (m_client.needsStreams())
        return askByStream();
    m_reply = m_client.dispatch(m_request, &m_credential);
    connect(m_reply, &QNetworkReply::readyRead, this, &PendingCall::read);
    connect(m_reply, &QNetworkReply::finished, this, &PendingCall::finish);
}

/// The stream's deadline counts until the head of the answer is in, and knows what it was waiting for.
void PendingCall::askByStream()
{
    const int remaining = m_deadline.isActive() ? m_deadline.remainingTime() : m_request.timeoutMs;
    m_deadline.stop();
    m_stream = m_client.stream(m_request, this);
    connect(m_stream, &AnswerStream::answered, this, [this, remaining] { m_deadline.start(remaining); });
    connect(m_stream, &AnswerStream::arrived, this, [this](const QByteArray &bytes) {
        m_body += bytes;
        refuseIfTooLarge();
    });
    connect(m_stream, &AnswerStream::ended, this, [this] { finishStream(checked(200, {})); });
    connect(m_stream, &AnswerStream::failed, this, [this](const ApiError &error) {
        const bool refused = error.kind == ApiError::Kind::Unauthorized && m_client.credentials();
        if (refused && !std::exchange(m_signedInAgain, true)) // the stream has told the source
            signInAgain();
        else
            finishStream(Failure{error});
    });
    m_stream->open();
}

void PendingCall::finishStream(const ApiClient::Answer &result)
{
    drop();
    answer(result);
}

void PendingCall::read()
{
    m_body += m_reply->readAll();
    refuseIfTooLarge();
}

void PendingCall::refuseIfTooLarge()
{
    if (m_body.size() <= MaxAnswerBytes)
        return;
    drop();
    answer(Failure{tooLargeError(m_client.hostText(), MaxAnswerBytes)});
}

void PendingCall::finish()
{
    m_body += m_reply->readAll();
    if (mayAskAgain()) {
        m_askedAgain = true;
        drop();
        ask();
        return;
    }
    constexpr int Unauthorized = 401;
    if (m_client.credentials()
        && m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == Unauthorized) {
        m_client.credentials()->refused(m_credential);
        if (!std::exchange(m_signedInAgain, true))
            return signInAgain();
    }
    ApiClient::Answer result = outcome();
    drop();
    answer(std::move(result));
}

/// Load balancers close idle connections without a word, and the next request meets that. A GET may be repeated.
bool PendingCall::mayAskAgain() const
{
    return !m_askedAgain && m_request.verb == "GET" && m_reply->error() == QNetworkReply::RemoteHostClosedError
        && !m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid() && m_body.isEmpty();
}

ApiClient::Answer PendingCall::outcome()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_reply->error() != QNetworkReply::NoError || status < 200 || status >= 300)
        return Failure{m_client.errorOf(*m_reply, m_body)};
    return checked(status, m_reply->rawHeader("Content-Type"));
}

ApiClient::Answer PendingCall::checked(int status, const QByteArray &contentType) const
{
    if (m_request.accept.startsWith("application/json") && !m_body.trimmed().startsWith('{'))
        return Failure{badAnswerError({status, contentType, m_body, {}, {}}, m_client.hostText())};
    return m_body;
}

void PendingCall::timeOut()
{
    drop();
    answer(Failure{timeoutError(m_client.hostText(), qMax(1, m_request.timeoutMs / 1000))});
}

void PendingCall::answer(ApiClient::Answer answer)
{
    m_deadline.stop();
    deleteLater();
    const auto done = std::exchange(m_done, nullptr);
    if (done && m_context)
        done(std::move(answer));
}

void PendingCall::drop()
{
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream->close();
        m_stream->deleteLater();
        m_stream = nullptr;
    }
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

} // namespace Fairlead::Kube
