#pragma once

#include "core/democluster/access/certificates.h"
#include "core/democluster/democluster.h"
#include "core/protocol/portforward/streamheaders.h"
#include "core/protocol/spdy/session.h"
#include "demoworld.h"

#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QUrl>

#include <map>

namespace Fairlead::Demo {

enum class Identity { Certificate, Token, LimitedToken, ForeignCertificate, Nobody };

/// A client made of a bare TLS socket, so that every byte is ours.
class RawClient
{
public:
    RawClient(const DemoCluster &cluster, Identity identity)
        : m_credentials(readDemoCredentials(cluster.kubeconfigPath()))
    {
        QSslConfiguration tls;
        tls.setCaCertificates(QSslCertificate::fromData(m_credentials.authority));
        if (identity == Identity::Certificate) {
            tls.setLocalCertificate(QSslCertificate(m_credentials.clientCertificate));
            tls.setPrivateKey(QSslKey(m_credentials.clientKey, QSsl::Ec));
        }
        if (identity == Identity::ForeignCertificate) {
            const auto foreign =
                CertificateAuthority::create(QStringLiteral("fairlead-demo-ca")); // the same name, another key
            const auto pair = foreign->issueClient("demo", {"demo:admins"});
            tls.setLocalCertificate(QSslCertificate(pair->certificate));
            tls.setPrivateKey(QSslKey(pair->key, QSsl::Ec));
        }
        if (identity == Identity::Token)
            m_authorization = "Authorization: Bearer " + m_credentials.token + "\r\n";
        if (identity == Identity::LimitedToken)
            m_authorization = "Authorization: Bearer " + m_credentials.limitedToken + "\r\n";
        socket.setSslConfiguration(tls);
        const QUrl url(cluster.serverUrl());
        socket.connectToHostEncrypted(url.host(), quint16(url.port()));
    }

    void send(const QByteArray &method, const QByteArray &path, const QByteArray &fields = {},
              const QByteArray &content = {})
    {
        socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: x\r\n" + m_authorization + fields + "\r\n" + content);
    }

    void upgrade(const QByteArray &pod, const QByteArray &nameSpace = "default")
    {
        send("POST", "/api/v1/namespaces/" + nameSpace + "/pods/" + pod + "/portforward",
             "Content-Length: 0\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
             "X-Stream-Protocol-Version: portforward.k8s.io\r\n");
    }

    /// The code of the next answer, with its body if it has a Content-Length; 0 while it is not there. The same answer
    /// until next() is called.
    int code()
    {
        received += socket.readAll();
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (m_code != 0 || end < 0)
            return m_code;
        const QByteArrayList head = received.first(end).split('\n');
        qsizetype length = 0;
        for (const QByteArray &line : head) {
            if (line.startsWith("Content-Length: "))
                length = line.mid(16).trimmed().toLongLong();
        }
        if (received.size() < end + 4 + length)
            return 0;
        body = received.mid(end + 4, length);
        received.remove(0, end + 4 + length);
        m_code = head.first().mid(9, 3).toInt();
        return m_code;
    }
    void next() { m_code = 0; }

    QSslSocket socket;
    QByteArray received;
    QByteArray body;

private:
    DemoCredentials m_credentials;
    QByteArray m_authorization;
    int m_code = 0;
};

/// The client's end of a port-forward session over a RawClient's socket that has been upgraded.
class RawTunnel
{
public:
    struct Stream {
        QByteArray data;
        bool fin = false;
        bool reset = false;
    };

    explicit RawTunnel(RawClient &client)
        : m_client(client)
    {
        receive(std::exchange(client.received, {}));
    }

    std::pair<quint32, quint32> open(quint16 port)
    {
        using namespace PortForward;
        const QByteArray id = QByteArray::number(m_nextId++);
        const quint32 error = m_session.openStream(streamHeaders(StreamType::Error, port, id), true);
        const quint32 data = m_session.openStream(streamHeaders(StreamType::Data, port, id));
        return {error, data};
    }

    void flush() { m_client.socket.write(m_session.takeOutput()); }
    void pump()
    {
        receive(m_client.socket.readAll());
        flush();
    }

    Spdy::Session &session() { return m_session; }
    std::map<quint32, Stream> streams;
    int pongs = 0;

private:
    void receive(const QByteArray &bytes)
    {
        m_session.receive(bytes);
        while (const auto event = m_session.nextEvent()) {
            if (const auto *data = std::get_if<Spdy::DataReceived>(&*event)) {
                streams[data->stream].data.append(data->body);
                streams[data->stream].fin |= data->fin;
            } else if (const auto *reset = std::get_if<Spdy::StreamReset>(&*event)) {
                streams[reset->stream].reset = true;
            } else if (std::holds_alternative<Spdy::PingAnswered>(*event)) {
                ++pongs;
            }
        }
    }

    RawClient &m_client;
    Spdy::Session m_session{Spdy::Role::Client};
    int m_nextId = 0;
};

} // namespace Fairlead::Demo
