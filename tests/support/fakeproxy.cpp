#include "tests/support/fakeproxy.h"

#include <QHostAddress>
#include <QSslServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

std::unique_ptr<QTcpServer> makeServer(const std::optional<QSslConfiguration> &tls)
{
    if (!tls)
        return std::make_unique<QTcpServer>();
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(*tls);
    return server;
}

void copy(QTcpSocket *from, QTcpSocket *to)
{
    QObject::connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
    QObject::connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
}

} // namespace

FakeProxy::FakeProxy(ProxyScript script, const std::optional<QSslConfiguration> &tls)
    : m_script(std::move(script))
    , m_secure(tls.has_value())
    , m_server(makeServer(tls))
{
    // QSslServer announces a connection when its TLS stands.
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FakeProxy::accept);
    m_server->listen(QHostAddress::LocalHost);
}

FakeProxy::~FakeProxy() = default;

QUrl FakeProxy::url() const
{
    return QUrl(u"%1://127.0.0.1:%2"_s.arg(m_secure ? u"https"_s : u"http"_s).arg(m_server->serverPort()));
}

void FakeProxy::accept()
{
    while (QTcpSocket *client = m_server->nextPendingConnection()) {
        connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        read(client);
    }
}

void FakeProxy::read(QTcpSocket *client)
{
    const QByteArray seen = client->peek(64 * 1024);
    const qsizetype end = seen.indexOf("\r\n\r\n");
    const bool isSocks = seen.startsWith('\x05');
    if (end < 0 && !isSocks)
        return;
    client->disconnect(this);
    obey(client, client->read(isSocks ? seen.size() : end + 4));
}

void FakeProxy::obey(QTcpSocket *client, const QByteArray &head)
{
    m_heads << head;
    switch (m_script.then) {
    case ProxyScript::Then::Relay: {
        const QByteArray authority = head.split(' ').value(1);
        relay(client, authority.mid(authority.lastIndexOf(':') + 1).toUShort());
        break;
    }
    case ProxyScript::Then::Stay:
        client->write(m_script.answer);
        break;
    case ProxyScript::Then::Close:
        client->write(m_script.answer);
        client->disconnectFromHost();
        break;
    }
}

void FakeProxy::relay(QTcpSocket *client, quint16 port)
{
    auto *server = new QTcpSocket(client);
    connect(server, &QTcpSocket::connected, client, [client, server] {
        client->write("HTTP/1.1 200 Connection established\r\n\r\n");
        copy(client, server);
        copy(server, client);
    });
    connect(server, &QTcpSocket::errorOccurred, client, [client, server] {
        if (server->bytesAvailable() == 0)
            client->disconnectFromHost();
    });
    server->connectToHost(QHostAddress::LocalHost, port);
}

} // namespace Fairlead::Test
