#include "apiadapter.h"

#include "relay.h"

#include <QHash>
#include <QProcess>
#include <QTcpSocket>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr auto podsPath = "/api/v1/namespaces/default/pods";

// Enough of the API for a client to find the pod: kubectl looks up what "pods" are before it asks for one.
const QHash<QByteArray, QByteArray> &documents()
{
    static const QHash<QByteArray, QByteArray> all{
        {"/api", R"({"kind":"APIVersions","versions":["v1"]})"},
        {"/apis", R"({"kind":"APIGroupList","apiVersion":"v1","groups":[]})"},
        {"/api/v1", R"({"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"",
            "namespaced":true,"kind":"Pod","verbs":["get"],"shortNames":["po"]},{"name":"pods/portforward",
            "singularName":"","namespaced":true,"kind":"PodPortForwardOptions","verbs":["create","get"]}]})"},
        {"/apis/apps/v1/namespaces/default/deployments/web", R"({"kind":"Deployment","apiVersion":"apps/v1",
            "metadata":{"name":"web","namespace":"default","uid":"owner"},
            "spec":{"selector":{"matchLabels":{"app":"web"}}}})"},
    };
    return all;
}

/// In one line, as events need it.
QByteArray podJson(const QByteArray &name, int version)
{
    return QByteArray(
               R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"NAME","namespace":"default",)"
               R"("uid":"NAME-uid","resourceVersion":"VERSION","labels":{"app":"web"}},)"
               R"("spec":{"nodeName":"node","containers":[{"name":"podserver","image":"podserver"}]},)"
               R"("status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],)"
               R"("containerStatuses":[{"name":"podserver","ready":true,"restartCount":0,)"
               R"("image":"podserver","imageID":"","state":{"running":{"startedAt":"2024-01-01T00:00:00Z"}}}]}})")
        .replace("NAME", name)
        .replace("VERSION", QByteArray::number(version));
}

void reply(QTcpSocket *client, const QByteArray &status, const QByteArray &type, const QByteArray &body)
{
    client->write("HTTP/1.1 " + status + "\r\nContent-Type: " + type
                  + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

QByteArray pathOf(const QByteArray &head)
{
    const QByteArray target = head.split(' ').value(1);
    return target.split('?').constFirst();
}

} // namespace

ApiAdapter::ApiAdapter(const Cri &cri, QObject *parent)
    : QObject(parent)
    , m_cri(cri)
    , m_server(this)
{
    m_server.setListenBacklogSize(256);
    connect(&m_server, &QTcpServer::newConnection, this, &ApiAdapter::accept);
}

ApiAdapter::~ApiAdapter()
{
    const QList<QProcess *> calls = findChildren<QProcess *>();
    for (QProcess *call : calls) {
        call->disconnect(this);
        call->waitForFinished();
    }
}

quint16 ApiAdapter::listen()
{
    return m_server.listen(QHostAddress::LocalHost) ? m_server.serverPort() : 0;
}

void ApiAdapter::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QTcpSocket::readyRead, this, [this, client] { readRequests(client); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }
}

void ApiAdapter::readRequests(QTcpSocket *client)
{
    // None of the requests has a body. peek: what follows an upgrade request belongs to the relay.
    while (true) {
        const QByteArray pending = client->peek(client->bytesAvailable());
        const qsizetype end = pending.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = client->read(end + 4);
        if (pathOf(head).endsWith("/portforward")) {
            disconnect(client, &QTcpSocket::readyRead, this, nullptr);
            startPortForward(client, head);
            return;
        }
        if (pathOf(head) == podsPath && head.contains("watch=1"))
            return startWatch(client);
        answer(client, head);
    }
}

void ApiAdapter::answer(QTcpSocket *client, const QByteArray &head)
{
    const QByteArray body = document(pathOf(head));
    if (head.startsWith("GET ") && !body.isEmpty())
        reply(client, "200 OK", "application/json", body);
    else
        reply(client, "404 Not Found", "application/json",
              R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,)"
              R"("message":"the server could not find the requested resource"})");
}

/// Empty: there is none.
QByteArray ApiAdapter::document(const QByteArray &path) const
{
    if (path == podsPath)
        return R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":")" + QByteArray::number(m_version)
            + R"("},"items":[)" + (m_pod.isEmpty() ? QByteArray() : podJson(m_pod, m_version)) + "]}";
    if (!m_pod.isEmpty() && path == podsPath + ('/' + m_pod))
        return podJson(m_pod, m_version);
    return documents().value(path);
}

void ApiAdapter::startWatch(QTcpSocket *client)
{
    client->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    m_watches.append(client);
}

void ApiAdapter::setPod(const QByteArray &name, const QByteArray &sandbox)
{
    m_sandbox = sandbox;
    const QByteArray former = std::exchange(m_pod, name);
    if (former == name)
        return;
    ++m_version;
    if (!former.isEmpty())
        tellWatches("DELETED", former);
    if (!name.isEmpty())
        tellWatches("ADDED", name);
}

void ApiAdapter::tellWatches(const QByteArray &type, const QByteArray &name)
{
    const QByteArray event = R"({"type":")" + type + R"(","object":)" + podJson(name, m_version) + "}\n";
    m_watches.removeIf([](const QPointer<QTcpSocket> &watch) { return !watch; });
    for (const QPointer<QTcpSocket> &watch : std::as_const(m_watches))
        watch->write(QByteArray::number(event.size(), 16) + "\r\n" + event + "\r\n");
}

void ApiAdapter::startPortForward(QTcpSocket *client, const QByteArray &head)
{
    if (m_pod.isEmpty() || pathOf(head) != podsPath + ('/' + m_pod) + "/portforward") {
        answer(client, {}); // that pod is no more
        return client->disconnectFromHost();
    }
    m_cri.portForward(m_sandbox, this, [this, client = QPointer(client), head](const CriAnswer &answer) {
        if (client) // else it has hung up while it waited
            connectToRuntime(client, head, answer);
    });
}

void ApiAdapter::connectToRuntime(QTcpSocket *client, const QByteArray &head, const CriAnswer &answer)
{
    if (!answer.error.isEmpty()) { // as the kubelet does it
        reply(client, "500 Internal Server Error", "text/plain; charset=utf-8", answer.error.toUtf8());
        client->disconnectFromHost();
        return;
    }
    const QUrl url(QString::fromUtf8(answer.message));
    auto *runtime = new QTcpSocket(this);
    client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(runtime, &QTcpSocket::connected, runtime,
            [runtime] { runtime->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
    runtime->connectToHost(url.host(), static_cast<quint16>(url.port()));
    const QByteArray method = head.left(head.indexOf(' '));
    const QByteArray headers = head.mid(head.indexOf("\r\n"));
    runtime->write(method + ' ' + url.path(QUrl::FullyEncoded).toLatin1() + " HTTP/1.1" + headers);
    new Relay(client, runtime);
}
