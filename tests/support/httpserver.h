#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <optional>

class QTcpSocket;

namespace Fairlead::Test {

struct HttpRequest {
    QByteArray verb;
    QByteArray path; ///< as on the wire
    QUrlQuery query;
    QList<std::pair<QByteArray, QByteArray>> fields;
    QByteArray body;
    int connection = 0; ///< number of the connection, from 0

    /// All values of the field, joined by '|'.
    [[nodiscard]] QByteArray field(QByteArrayView name) const;
    [[nodiscard]] QString argument(const QString &name) const { return query.queryItemValue(name, QUrl::FullyDecoded); }
};

/// The answer to one request; may be kept and used later. Does nothing once the connection is gone.
class HttpAnswerer
{
public:
    explicit HttpAnswerer(QTcpSocket *socket)
        : m_socket(socket)
    {
    }

    /// A whole answer. `fields` are complete lines, each with CRLF.
    void respond(int status, const QByteArray &body, const QByteArray &contentType = "application/json",
                 const QByteArray &fields = {});
    /// A chunked answer in parts.
    void begin(int status = 200, const QByteArray &contentType = "application/json");
    void chunk(const QByteArray &bytes);
    void end();
    /// Bytes as they are.
    void raw(const QByteArray &bytes);
    void close();
    [[nodiscard]] bool isOpen() const;

private:
    QPointer<QTcpSocket> m_socket;
};

/// An HTTP/1.1 server on 127.0.0.1 whose answers a test writes: every request goes to the handler, in the thread where
/// the server lives. Keeps connections alive and keeps what was asked. With a TLS configuration it speaks https.
class HttpServer final : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<void(const HttpRequest &, HttpAnswerer)>;

    /// Port 0: any free one.
    explicit HttpServer(Handler handler, const std::optional<QSslConfiguration> &tls = {}, QObject *parent = nullptr,
                        quint16 port = 0);
    ~HttpServer() override;

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    [[nodiscard]] const QList<HttpRequest> &requests() const { return m_requests; }
    /// Requests whose path is `path` and that are watches or not.
    [[nodiscard]] int count(const QByteArray &path, bool watch = false) const;
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void accept();
    void read(QTcpSocket *socket, int connection, QByteArray &buffer);

    Handler m_handler;
    bool m_secure;
    std::unique_ptr<QTcpServer> m_server;
    QList<HttpRequest> m_requests;
    int m_connections = 0;
};

} // namespace Fairlead::Test
