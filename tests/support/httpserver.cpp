#include "tests/support/httpserver.h"

#include <QSslServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

HttpRequest parseHead(const QByteArray &head)
{
    HttpRequest request;
    const QByteArrayList lines = head.split('\n');
    const QByteArrayList start = lines.first().trimmed().split(' ');
    request.verb = start.value(0);
    const QByteArray target = start.value(1);
    const qsizetype mark = target.indexOf('?');
    request.path = mark < 0 ? target : target.left(mark);
    if (mark >= 0)
        request.query = QUrlQuery(QString::fromLatin1(target.mid(mark + 1)));
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            request.fields.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    return request;
}

} // namespace

QByteArray HttpRequest::field(QByteArrayView name) const
{
    QByteArrayList values;
    for (const auto &[key, value] : fields) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            values << value;
    }
    return values.join('|');
}

void HttpAnswerer::raw(const QByteArray &bytes)
{
    if (isOpen())
        m_socket->write(bytes);
}

bool HttpAnswerer::isOpen() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void HttpAnswerer::respond(int status, const QByteArray &body, const QByteArray &contentType, const QByteArray &fields)
{
    raw("HTTP/1.1 " + QByteArray::number(status) + " Words\r\nContent-Type: " + contentType
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + fields + "\r\n" + body);
}

void HttpAnswerer::begin(int status, const QByteArray &contentType)
{
    raw("HTTP/1.1 " + QByteArray::number(status) + " Words\r\nContent-Type: " + contentType
        + "\r\nTransfer-Encoding: chunked\r\n\r\n");
}

void HttpAnswerer::chunk(const QByteArray &bytes)
{
    if (!bytes.isEmpty()) // an empty one would be the end
        raw(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}

void HttpAnswerer::end()
{
    raw("0\r\n\r\n");
}

void HttpAnswerer::close()
{
    if (m_socket)
        m_socket->disconnectFromHost();
}

HttpServer::HttpServer(Handler handler, const std::optional<QSslConfiguration> &tls, QObject *parent, quint16 port)
    : QObject(parent)
    , m_handler(std::move(handler))
    , m_secure(tls.has_value())
{
    if (tls) {
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(*tls);
        m_server = std::move(server);
    } else {
        m_server = std::make_unique<QTcpServer>();
    }
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &HttpServer::accept);
    if (!m_server->listen(QHostAddress::LocalHost, port))
        qFatal("test server: %s", qPrintable(m_server->errorString()));
}

HttpServer::~HttpServer() = default;

QUrl HttpServer::url() const
{
    QUrl url;
    url.setScheme(m_secure ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(port());
    return url;
}

int HttpServer::count(const QByteArray &path, bool watch) const
{
    return int(std::count_if(m_requests.cbegin(), m_requests.cend(), [&](const HttpRequest &request) {
        return request.path == path && request.query.hasQueryItem(u"watch"_s) == watch;
    }));
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        const int number = m_connections++;
        auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, number, buffer] { read(socket, number, *buffer); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        read(socket, number, *buffer);
    }
}

void HttpServer::read(QTcpSocket *socket, int connection, QByteArray &buffer)
{
    buffer += socket->readAll();
    for (;;) {
        const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        HttpRequest request = parseHead(buffer.left(headEnd));
        const qsizetype bodySize = request.field("Content-Length").toLongLong();
        if (buffer.size() < headEnd + 4 + bodySize)
            return;
        request.body = buffer.mid(headEnd + 4, bodySize);
        request.connection = connection;
        buffer.remove(0, headEnd + 4 + bodySize);
        m_requests.append(request);
        m_handler(request, HttpAnswerer(socket));
    }
}

} // namespace Fairlead::Test
