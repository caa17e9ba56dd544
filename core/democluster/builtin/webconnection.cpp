#include "core/democluster/builtin/webconnection.h"

#include "core/democluster/api/apistatus.h"

namespace Fairlead::Demo {
namespace {

constexpr qsizetype HighMark = 256 * 1024;
constexpr qint64 DownloadPiece = 64 * 1024;
constexpr int CloseMs = 60 * 1000; ///< for a slow reader to fetch the rest
constexpr qsizetype MaxPending = 1024 * 1024; ///< requests sent while an answer is under way

bool keepsOpen(const Http::RequestHead &head)
{
    if (head.minorVersion == 0)
        return head.fields.hasToken("Connection", "keep-alive");
    return !head.fields.hasToken("Connection", "close");
}

} // namespace

WebConnection::WebConnection(std::unique_ptr<PodChannel> channel, std::shared_ptr<WebCounters> counters,
                             Handler handler, QObject *parent)
    : QObject(parent)
    , m_channel(channel.release())
    , m_counters(std::move(counters))
    , m_handler(std::move(handler))
{
    m_channel->setParent(this);
    ++m_counters->connections;
    ++m_counters->connectionsTotal;
    connect(m_channel, &PodChannel::received, this, &WebConnection::onReceived);
    connect(m_channel, &PodChannel::drained, this, &WebConnection::continueDownload);
    connect(m_channel, &PodChannel::ended, this, [this] {
        m_inputOver = true;
        if (m_downloadLeft == 0)
            end();
    });
    connect(m_channel, &PodChannel::failed, this, &QObject::deleteLater);
    connect(m_channel, &PodChannel::writeFailed, this, &QObject::deleteLater);
    m_channel->setReading(true);
}

WebConnection::~WebConnection()
{
    --m_counters->connections;
}

void WebConnection::onReceived(QByteArrayView bytes)
{
    m_counters->bytesReceived += bytes.size();
    m_pending.append(bytes);
    if (m_downloadLeft > 0 && m_pending.size() > MaxPending)
        m_channel->setReading(false);
    process();
}

void WebConnection::process()
{
    while (m_downloadLeft == 0 && (m_body ? readBody() : readHead())) { }
}

bool WebConnection::readHead()
{
    if (m_pending.isEmpty())
        return false;
    const auto step = m_parser.feed(std::exchange(m_pending, {}));
    if (std::holds_alternative<Http::HeadError>(step)) {
        badRequest();
        return false;
    }
    if (!std::holds_alternative<Http::RequestHead>(step))
        return false;
    m_head = std::get<Http::RequestHead>(step);
    m_pending = m_parser.takeRest();
    m_body.emplace(*m_head, 0);
    m_hash.reset();
    m_bodySize = 0;
    if (m_head->fields.hasToken("Expect", "100-continue"))
        write("HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

bool WebConnection::readBody()
{
    const RequestBody::State state = m_body->feed(std::exchange(m_pending, {}));
    const QByteArray part = m_body->takeBody();
    m_hash.addData(part);
    m_bodySize += part.size();
    if (state == RequestBody::State::Reading)
        return false;
    if (state != RequestBody::State::Complete) {
        badRequest();
        return false;
    }
    m_pending = m_body->takeRest();
    m_body.reset();
    answer();
    return true;
}

void WebConnection::answer()
{
    ++m_counters->requests;
    const QByteArray path = m_head->target.split('?').first();
    const WebAnswer answer = m_handler({m_head->method, path, m_bodySize, m_hash.result().toHex()});
    Http::ResponseHead head;
    head.status = answer.status;
    head.reason = reasonPhrase(answer.status);
    head.fields.add("Content-Type", answer.contentType);
    head.fields.add("Content-Length", QByteArray::number(answer.download > 0 ? answer.download : answer.body.size()));
    head.fields.add("Cache-Control", "no-store");
    if (!keepsOpen(*m_head))
        head.fields.add("Connection", "close");
    write(Http::encode(head));
    if (m_head->method == "HEAD")
        return finishAnswer();
    write(answer.body);
    m_downloadLeft = answer.download;
    m_downloadSent = 0;
    if (m_downloadLeft > 0)
        continueDownload();
    else
        finishAnswer();
}

void WebConnection::badRequest()
{
    write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    end();
}

void WebConnection::write(const QByteArray &bytes)
{
    m_counters->bytesSent += bytes.size();
    m_channel->write(bytes);
}

void WebConnection::continueDownload()
{
    if (m_downloadLeft == 0)
        return;
    while (m_downloadLeft > 0 && m_channel->unsent() < HighMark) {
        const QByteArray piece = WebProgram::downloadPiece(m_downloadSent, qMin(m_downloadLeft, DownloadPiece));
        m_downloadSent += piece.size();
        m_downloadLeft -= piece.size();
        write(piece);
    }
    if (m_downloadLeft == 0)
        finishAnswer();
}

void WebConnection::finishAnswer()
{
    if (!keepsOpen(*m_head) || m_inputOver)
        return end();
    m_channel->setReading(true);
    if (!m_pending.isEmpty()) // process() may be running below us; then it goes on by itself
        QMetaObject::invokeMethod(this, &WebConnection::process, Qt::QueuedConnection);
}

void WebConnection::end()
{
    m_channel->setParent(parent());
    m_channel->closeSoon(CloseMs);
    m_channel->disconnect(this);
    m_downloadLeft = 0;
    m_pending.clear();
    deleteLater();
}

} // namespace Fairlead::Demo
