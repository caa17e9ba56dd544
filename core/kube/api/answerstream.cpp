#include "core/kube/api/answerstream.h"

#include "core/kube/api/errormapping.h"
#include "core/kube/signin/credentialsource.h"

#include <QTimer>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {
/// Then others on this event loop have their turn; what is left is signalled again.
constexpr int ReadsAtOnce = 64;
} // namespace

AnswerStream::AnswerStream(Target target, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_connector(new Net::ServerConnector(this))
    , m_deadline(new QTimer(this))
{
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this, &AnswerStream::onDeadline);
    connect(m_connector, &Net::ServerConnector::connected, this, &AnswerStream::startStream);
    connect(m_connector, &Net::ServerConnector::failed, this,
            [this](const Net::ConnectFailure &failure) { fail(errorFromConnect(failure, m_target.hostText)); });
}

AnswerStream::AnswerStream(const ApiError &refusal, QObject *parent)
    : QObject(parent)
    , m_refusal(refusal)
{
}

AnswerStream::~AnswerStream() = default;

void AnswerStream::open()
{
    if (m_refusal) {
        QMetaObject::invokeMethod(
            this, [this] { fail(*m_refusal); }, Qt::QueuedConnection);
        return;
    }
    if (m_target.credentials)
        m_target.credentials->ensure(this, [this](const auto &failure) { takeSignIn(failure); });
    else
        connectToServer();
}

void AnswerStream::takeSignIn(const std::optional<SignInFailure> &failure)
{
    if (m_over)
        return;
    if (failure)
        return fail(errorFromSignIn(*failure));
    const auto signature = m_target.sign();
    if (!signature)
        return fail(signature.error());
    m_target.signature = *signature;
    connectToServer();
}

void AnswerStream::connectToServer()
{
    m_deadline->start(m_target.timeoutMs);
    m_connector->open(m_target.host, m_target.port, m_target.proxy, m_target.timeoutMs);
}

void AnswerStream::close()
{
    m_over = true;
    if (m_deadline)
        m_deadline->stop();
    if (m_socket)
        m_socket->close();
}

void AnswerStream::startStream()
{
    if (m_over)
        return;
    m_socket = m_connector->makeSocket(m_target.signature.tls, this);
    connect(m_socket, &Net::StreamSocket::ready, this, &AnswerStream::sendRequest);
    connect(m_socket, &Net::StreamSocket::readable, this, &AnswerStream::read);
    connect(m_socket, &Net::StreamSocket::handshakeFailed, this, &AnswerStream::onHandshakeFailed);
    m_socket->start();
}

void AnswerStream::onHandshakeFailed(const QString &detail, bool byTls)
{
    if (const auto failure = m_socket->tlsFailure())
        fail(errorFromTls(*failure, m_target.hostText));
    else
        fail(errorFromConnection(byTls, tr("No secure connection to %1: %2").arg(m_target.hostText, detail), detail,
                                 m_target.hostText));
}

void AnswerStream::sendRequest()
{
    m_socket->setReading(true);
    m_socket->write(QByteArrayView(m_target.signature.request));
}

void AnswerStream::read()
{
    std::array<char, 16 * 1024> buffer;
    for (int i = 0; i < ReadsAtOnce && !m_over; ++i) {
        const Net::IoResult result = m_socket->read(buffer.data(), buffer.size());
        if (result.kind == Net::IoResult::Kind::WouldBlock)
            return;
        if (result.kind == Net::IoResult::Kind::Moved)
            take(QByteArrayView(buffer.data(), result.bytes));
        else
            connectionOver(result.error);
    }
}

void AnswerStream::take(QByteArrayView bytes)
{
    if (m_body) {
        takeBody(bytes);
        return;
    }
    const auto step = m_parser.feed(bytes);
    if (const auto *head = std::get_if<Http::ResponseHead>(&step))
        takeHead(*head);
    else if (std::holds_alternative<Http::HeadError>(step))
        fail(badAnswerError({}, m_target.hostText));
}

void AnswerStream::takeHead(const Http::ResponseHead &head)
{
    const QByteArray rest = m_parser.takeRest();
    if (head.status < 200) { // an interim answer (RFC 9110 section 15.2): the real one follows
        m_parser = {};
        take(rest);
        return;
    }
    m_head = head;
    m_body.emplace(head);
    if (isSuccess()) {
        m_deadline->stop();
        emit answered();
    }
    if (!m_over)
        takeBody(rest);
}

void AnswerStream::takeBody(QByteArrayView bytes)
{
    m_body->feed(bytes);
    if (isSuccess()) {
        const QByteArray body = m_body->takeBody();
        if (!body.isEmpty())
            emit arrived(body);
    }
    if (m_over || !m_body->isComplete())
        return;
    if (isSuccess()) {
        close();
        emit ended();
    } else {
        fail(refusalError());
    }
}

/// `detail` is empty when the peer closed in an orderly way.
void AnswerStream::connectionOver(const QString &detail)
{
    if (!m_body) {
        fail(errorFromConnection(false,
                                 tr("%1 closed the connection before its answer was complete.").arg(m_target.hostText),
                                 detail.isEmpty() ? u"unexpected EOF"_s : detail, m_target.hostText));
    } else if (isSuccess()) {
        close();
        emit ended();
    } else {
        fail(refusalError());
    }
}

void AnswerStream::onDeadline()
{
    if (!m_socket && m_target.proxy.settings.isUsed())
        return m_connector->giveUp();
    fail(m_body ? refusalError() : timeoutError(m_target.hostText, qMax(1, m_target.timeoutMs / 1000)));
}

void AnswerStream::fail(const ApiError &error)
{
    if (m_over)
        return;
    close();
    if (error.kind == ApiError::Kind::Unauthorized && m_target.credentials)
        m_target.credentials->refused(m_target.signature.credential);
    emit failed(error);
}

ApiError AnswerStream::refusalError() const
{
    return errorFromAnswer({m_head.status, m_head.fields.value("content-type"), m_body->body(),
                            m_head.fields.value("retry-after"), QString::fromLatin1(m_head.fields.value("location"))},
                           m_target.hostText);
}

} // namespace Fairlead::Kube
