#include "core/democluster/server/httpconnection.h"

#include "core/democluster/server/watchstream.h"
#include "core/protocol/websocket/handshake.h"

#include <QLocale>
#include <QSslCertificate>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 MaxBody = 1024 * 1024;
constexpr qsizetype MaxPending = 256 * 1024; ///< pipelined requests that wait behind a watch
constexpr int RequestMs = 30 * 1000;
constexpr int IdleMs = 3 * 60 * 1000;
constexpr int CloseMs = 10 * 1000; ///< for the last answer to leave
constexpr qint64 MaxUnread = 1024 * 1024;

QByteArray httpDate(const QDateTime &now)
{
    return QLocale::c().toString(now, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
}

bool wantsClose(const Http::RequestHead &head)
{
    if (head.fields.hasToken("Connection", "close"))
        return true;
    return head.minorVersion == 0 && !head.fields.hasToken("Connection", "keep-alive");
}

/// The user a valid client certificate of our own authority names.
QString certificateUser(const QSslSocket &socket)
{
    const QSslCertificate certificate = socket.peerCertificate();
    if (certificate.isNull() || !socket.sslHandshakeErrors().isEmpty())
        return {};
    return certificate.subjectInfo(QSslCertificate::CommonName).value(0);
}

Http::ResponseHead responseHead(int code, const QByteArray &contentType, const QDateTime &now)
{
    Http::ResponseHead head;
    head.status = code;
    head.reason = reasonPhrase(code);
    head.fields.add("Audit-Id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    head.fields.add("Cache-Control", "no-cache, private");
    head.fields.add("Content-Type", contentType);
    head.fields.add("Date", httpDate(now));
    return head;
}

Http::ResponseHead spdyHead()
{
    Http::ResponseHead head;
    head.status = 101;
    head.reason = reasonPhrase(101);
    head.fields.add("Connection", "Upgrade");
    head.fields.add("Upgrade", "SPDY/3.1");
    head.fields.add("X-Stream-Protocol-Version", "portforward.k8s.io");
    return head;
}

} // namespace

HttpConnection::HttpConnection(std::unique_ptr<QSslSocket> socket, const Router &router, const ObjectStore &store,
                               const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_router(router)
    , m_store(store)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpConnection::onTimeout);
    connect(m_socket.get(), &QSslSocket::encrypted, this, &HttpConnection::onEncrypted);
    connect(m_socket.get(), &QSslSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(m_socket.get(), &QSslSocket::encryptedBytesWritten, this, &HttpConnection::updateWatch);
    connect(m_socket.get(), &QSslSocket::disconnected, this, &QObject::deleteLater);
    connect(m_socket.get(), &QSslSocket::errorOccurred, this, &QObject::deleteLater);
}

HttpConnection::~HttpConnection()
{
    if (m_socket)
        m_socket->disconnect(this); // closing it emits signals that must not find a half destroyed object
}

void HttpConnection::start()
{
    m_timer.start(RequestMs);
    m_socket->startServerEncryption();
}

std::unique_ptr<QSslSocket> HttpConnection::takeSocket()
{
    m_socket->disconnect(this);
    return std::move(m_socket);
}

void HttpConnection::onEncrypted()
{
    m_request.certificateUser = certificateUser(*m_socket);
    waitFor(Phase::Head);
}

void HttpConnection::setBlackHole(bool on)
{
    m_blackHole = on;
    if (m_watch)
        m_watch->setPaused(on);
    if (on)
        return m_timer.stop(); // nothing may happen, so nothing can time out
    if (m_phase != Phase::Watch)
        m_timer.start(IdleMs);
    onReadyRead();
}

void HttpConnection::onReadyRead()
{
    if (m_blackHole)
        return;
    m_pending += m_socket->readAll();
    if (m_phase == Phase::Watch && m_pending.size() > MaxPending)
        return close();
    process();
}

void HttpConnection::process()
{
    while ((m_phase == Phase::Head && processHead()) || (m_phase == Phase::Body && processBody())) { }
}

/// True when there may be more to do with the bytes at hand.
bool HttpConnection::processHead()
{
    if (m_pending.isEmpty())
        return false;
    m_timer.start(RequestMs);
    const auto step = m_parser.feed(std::exchange(m_pending, {}));
    if (std::holds_alternative<Http::NeedMoreData>(step))
        return false;
    if (const auto *error = std::get_if<Http::HeadError>(&step)) {
        const bool tooLarge = *error == Http::HeadError::TooLarge;
        fail({tooLarge ? 431 : 400, u"BadRequest"_s, Http::describe(*error)});
        return false;
    }
    m_request.head = std::get<Http::RequestHead>(step);
    m_pending = m_parser.takeRest();
    m_parser = {};
    m_request.body.clear();
    m_body.emplace(m_request.head, MaxBody);
    m_phase = Phase::Body;
    if (m_body->state() == RequestBody::State::Reading && m_request.head.fields.hasToken("Expect", "100-continue"))
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

bool HttpConnection::processBody()
{
    const RequestBody::State state = m_body->feed(std::exchange(m_pending, {}));
    m_request.body += m_body->takeBody();
    switch (state) {
    case RequestBody::State::Reading:
        return false;
    case RequestBody::State::TooLarge:
        fail({413, u"RequestEntityTooLarge"_s, u"Request entity too large: limit is %1"_s.arg(MaxBody)});
        return false;
    case RequestBody::State::Malformed:
        fail(badRequest(u"the body of the request is not framed as HTTP/1.1 asks for"_s));
        return false;
    case RequestBody::State::Complete:
        break;
    }
    m_pending = m_body->takeRest();
    dispatch();
    return true;
}

void HttpConnection::dispatch()
{
    emit requestRead();
    Answer answer = m_router.answer(m_request);
    if (auto *plan = std::get_if<WatchPlan>(&answer))
        startWatch(std::move(*plan));
    else if (const auto *upgradePlan = std::get_if<UpgradePlan>(&answer))
        upgrade(*upgradePlan);
    else
        send(std::get<Response>(answer), wantsClose(m_request.head));
}

void HttpConnection::send(const Response &response, bool closeAfter)
{
    Http::ResponseHead head = responseHead(response.code, response.contentType, m_clock.now());
    for (const auto &[name, value] : response.fields.all())
        head.fields.add(name, value);
    head.fields.add("Content-Length", QByteArray::number(response.body.size()));
    // After a refused upgrade a client may already have sent what is no HTTP; servers close then.
    const bool refusedUpgrade = m_request.head.fields.contains("Upgrade");
    closeAfter = closeAfter || refusedUpgrade;
    if (closeAfter)
        head.fields.add("Connection", "close");
    m_socket->write(Http::encode(head) + (m_request.head.method == "HEAD" ? QByteArray() : response.body));
    if (closeAfter)
        close();
    else
        waitFor(Phase::Head);
}

/// Answers what broke the framing: nothing behind it can be understood, so the connection ends.
void HttpConnection::fail(const ApiStatus &status)
{
    send(toResponse(status), true);
}

void HttpConnection::startWatch(WatchPlan plan)
{
    m_phase = Phase::Watch;
    m_timer.stop();
    Http::ResponseHead head = responseHead(200, "application/json", m_clock.now());
    if (m_request.head.minorVersion > 0)
        head.fields.add("Transfer-Encoding", "chunked");
    else
        head.fields.add("Connection", "close");
    m_socket->write(Http::encode(head));
    m_watch = new WatchStream(std::move(plan), m_store, m_clock, this);
    connect(m_watch, &WatchStream::lines, this, &HttpConnection::sendWatchLines);
    connect(m_watch, &WatchStream::finished, this, &HttpConnection::endWatch);
    m_watch->begin();
}

void HttpConnection::sendWatchLines(const QByteArray &text)
{
    if (m_request.head.minorVersion > 0)
        m_socket->write(QByteArray::number(text.size(), 16) + "\r\n" + text + "\r\n");
    else
        m_socket->write(text);
    updateWatch();
}

void HttpConnection::updateWatch()
{
    if (m_watch)
        m_watch->setBlocked(m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite() > MaxUnread);
}

void HttpConnection::endWatch()
{
    m_watch->deleteLater();
    m_watch = nullptr;
    if (m_request.head.minorVersion == 0)
        return close();
    m_socket->write("0\r\n\r\n");
    if (wantsClose(m_request.head))
        return close();
    waitFor(Phase::Head);
    QMetaObject::invokeMethod(this, &HttpConnection::process, Qt::QueuedConnection);
}

void HttpConnection::upgrade(const UpgradePlan &plan)
{
    m_phase = Phase::HandedOver;
    m_timer.stop();
    m_socket->write(
        Http::encode(plan.webSocketKey.isEmpty() ? spdyHead() : WebSocket::tunnelAnswer(plan.webSocketKey)));
    emit upgraded(plan, std::exchange(m_pending, {}));
    deleteLater();
}

void HttpConnection::waitFor(Phase phase)
{
    m_phase = phase;
    if (!m_blackHole)
        m_timer.start(IdleMs);
}

void HttpConnection::close()
{
    m_phase = Phase::Closing;
    m_timer.start(CloseMs);
    m_socket->disconnectFromHost();
}

void HttpConnection::onTimeout()
{
    m_socket->abort();
    deleteLater();
}

} // namespace Fairlead::Demo
