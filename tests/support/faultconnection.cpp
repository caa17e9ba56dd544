#include "tests/support/faultconnection.h"

#include "core/protocol/websocket/handshake.h"

#include <QTimer>

#include <algorithm>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {
constexpr qint64 UnsentMark = 256 * 1024;
constexpr int OneSecond = 1'000;
} // namespace

FaultConnection::FaultConnection(FaultServer &server, const ServerScript &script, qintptr descriptor,
                                 const QSslConfiguration &tls, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_script(script)
    , m_socket(new QSslSocket(this))
    , m_poll(new QTimer(this))
    , m_session(Spdy::Role::Server)
{
    m_socket->setSocketDescriptor(descriptor);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QSslSocket::readyRead, this, &FaultConnection::onReadyRead);
    connect(m_socket, &QSslSocket::bytesWritten, this, &FaultConnection::pump);
    connect(m_socket, &QSslSocket::encryptedBytesWritten, this, &FaultConnection::pump);
    connect(m_socket, &QSslSocket::disconnected, this, [this] { deleteLater(); });
    connect(m_poll, &QTimer::timeout, this, &FaultConnection::noteAcknowledged);
    if (script.tls) {
        m_socket->setSslConfiguration(tls);
        m_socket->startServerEncryption();
    }
}

FaultConnection::~FaultConnection()
{
    if (m_upgraded)
        --m_server.m_openUpgrades;
}

void FaultConnection::kill(FaultServer::Kill kind)
{
    if (!m_upgraded)
        return;
    noteAcknowledged();
    const auto fd = int(m_socket->socketDescriptor());
    if (kind == FaultServer::Kill::Reset) {
        const linger now{1, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        m_socket->abort();
    } else if (kind == FaultServer::Kill::GoAway) {
        m_session.sendGoAway(Spdy::GoAwayStatus::Ok);
        flush();
        if (m_pipe) {
            m_pipe->close(WebSocket::CloseCode::Normal);
            m_socket->write(m_pipe->takeControl());
        }
        m_socket->disconnectFromHost();
    } else {
        ::shutdown(fd, SHUT_WR); // and no close_notify: a truncation
        m_socket->abort();
    }
    deleteLater();
}

void FaultConnection::blackHoleChanged()
{
    if (!m_server.m_blackHole)
        onReadyRead();
}

void FaultConnection::onReadyRead()
{
    if (m_server.m_blackHole || !m_reading)
        return;
    QByteArray bytes = m_socket->readAll();
    if (bytes.isEmpty())
        return;
    if (m_upgraded)
        return receive(std::move(bytes));
    auto step = m_parser.feed(bytes);
    if (const auto *head = std::get_if<Http::RequestHead>(&step))
        onRequest(*head);
}

void FaultConnection::onRequest(const Http::RequestHead &head)
{
    if (head.method == "POST" || WebSocket::asksForWebSocket(head.fields))
        answerUpgrade(head);
    else if (head.target == "/version")
        answerVersion();
    else
        answerPod();
}

void FaultConnection::answerVersion()
{
    if (m_script.version.isEmpty())
        answerStatus(404, "NotFound", "the server could not find the requested resource");
    else
        answer(200, "application/json", R"({"gitVersion":")" + m_script.version + R"("})");
}

void FaultConnection::answer(int status, const QByteArray &type, const QByteArray &body)
{
    m_socket->write("HTTP/1.1 " + QByteArray::number(status) + " Answer\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n"
                    + body);
    m_socket->disconnectFromHost();
}

void FaultConnection::answerStatus(int status, const QByteArray &reason, const QByteArray &message)
{
    answer(status, "application/json",
           R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")" + message
               + R"(","reason":")" + reason + R"(","code":)" + QByteArray::number(status) + '}');
}

void FaultConnection::answerPod()
{
    switch (m_script.podStatus) {
    case 200:
        return answer(
            200, "application/json",
            R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"pod","namespace":"default","uid":"u"},)"
            R"("spec":{"nodeName":"n","containers":[{"name":"c","ports":[{"name":"web","containerPort":80}]}]},)"
            R"("status":{"phase":")"
                + m_script.podPhase.toLatin1() + R"("}})");
    case 401:
        return answerStatus(401, "Unauthorized", "Unauthorized");
    case 403:
        return answerStatus(403, "Forbidden", R"(pods \"pod\" is forbidden: User \"u\" cannot get resource \"pods\")");
    case 404:
        return answerStatus(404, "NotFound", R"(pods \"pod\" not found)");
    default:
        return answer(m_script.podStatus, "text/html", "<html><body>Bad Gateway</body></html>");
    }
}

void FaultConnection::answerUpgrade(const Http::RequestHead &head)
{
    {
        const std::lock_guard lock(m_server.m_mutex);
        m_server.m_lastUpgradePath = head.target;
    }
    ++m_server.m_upgradeRequests;
    const bool webSocket = WebSocket::asksForWebSocket(head.fields);
    if (!head.fields.hasToken("Connection", "Upgrade") || (!webSocket && !m_script.spdy))
        return answerStatus(400, "BadRequest", "Upgrade request required");
    if (webSocket && !m_script.webSocket)
        return answer(400, "text/plain", "unable to upgrade: query parameter \"port\" is required");
    switch (m_script.upgrade) {
    case UpgradeScript::Accept:
        m_socket->write(acceptance(head) + "\r\n");
        return becomeSpdy(head, m_parser.takeRest());
    case UpgradeScript::AcceptWithGluedPing: {
        QByteArray ping = QByteArray::fromHex("800300060000000400000002");
        if (webSocket)
            ping = WebSocket::BytePipe(WebSocket::Role::Server, {}).encode(ping);
        m_socket->write(acceptance(head) + "\r\n" + ping);
        return becomeSpdy(head, m_parser.takeRest());
    }
    case UpgradeScript::NoProtocolHeader: {
        QByteArray fields = acceptance(head);
        fields.chop(2);
        fields.truncate(fields.lastIndexOf('\n') + 1);
        m_socket->write(fields + "\r\n");
        return becomeSpdy(head, m_parser.takeRest());
    }
    case UpgradeScript::Ok200:
        return answer(200, "text/plain", {});
    case UpgradeScript::Unauthorized:
        return answerStatus(401, "Unauthorized", "Unauthorized");
    case UpgradeScript::Forbidden:
        return answerStatus(403, "Forbidden", R"(pods \"pod\" is forbidden)");
    case UpgradeScript::NotFound:
        return answerStatus(404, "NotFound", R"(pods \"pod\" not found)");
    case UpgradeScript::ServerError:
        return answer(500, "text/plain", "error dialing backend: dial tcp 10.0.0.5:10250: connect: connection refused");
    case UpgradeScript::Html502:
        return answer(502, "text/html", "<html><body>Bad Gateway</body></html>");
    case UpgradeScript::Never:
        return;
    case UpgradeScript::Close:
        return m_socket->abort();
    }
}

/// A 101 without its empty line; the last field names the protocol.
QByteArray FaultConnection::acceptance(const Http::RequestHead &head) const
{
    if (!WebSocket::asksForWebSocket(head.fields))
        return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
               "X-Stream-Protocol-Version: portforward.k8s.io\r\n";
    if (const auto fault = WebSocket::checkRequest(head))
        qFatal("the client asks for a WebSocket in a wrong way: %d", int(*fault));
    QByteArray answer = Http::encode(WebSocket::tunnelAnswer(head.fields.value("Sec-WebSocket-Key")));
    answer.chop(2);
    return answer;
}

void FaultConnection::becomeSpdy(const Http::RequestHead &head, const QByteArray &rest)
{
    if (WebSocket::asksForWebSocket(head.fields)) {
        m_pipe.emplace(WebSocket::Role::Server, WebSocket::BytePipe::KeySource());
        ++m_server.m_webSockets;
    }
    m_upgraded = true;
    ++m_server.m_upgraded;
    ++m_server.m_openUpgrades;
    if (!rest.isEmpty())
        qFatal("the client sent bytes before the 101");
}

void FaultConnection::receive(QByteArray bytes)
{
    if (!m_pipe)
        return takePayload(bytes);
    m_pipe->receive(bytes.data(), bytes.size());
    while (const auto payload = m_pipe->nextPayload())
        takePayload(*payload);
    if (m_pipe->ending() && !m_pipe->ending()->byPeer)
        qFatal("the client broke the WebSocket protocol: %s", qPrintable(m_pipe->ending()->detail));
    if (m_pipe->hasControl())
        m_socket->write(m_pipe->takeControl());
}

void FaultConnection::takePayload(QByteArrayView bytes)
{
    m_session.receive(bytes);
    while (const auto event = m_session.nextEvent())
        handle(*event);
    if (!m_script.answerPings) // whatever the session wants to say: pongs and data alike stay here
        (void)m_session.takeOutput();
    flush();
    pump();
    // Sources are kept: what of them was confirmed may still be asked.
    std::erase_if(m_pairs, [](const auto &item) { return item.second.over && item.second.sourceSize == 0; });
}

void FaultConnection::handle(const Spdy::Event &event)
{
    if (const auto *opened = std::get_if<Spdy::StreamOpened>(&event))
        openStream(*opened);
    else if (const auto *data = std::get_if<Spdy::DataReceived>(&event))
        onData(*data);
    else if (const auto *reset = std::get_if<Spdy::StreamReset>(&event)) {
        ++m_server.m_resets;
        if (Pair *pair = pairOf(reset->stream)) {
            pair->over = true;
            m_session.sendData(pair->error, {}, true); // as nodes do when they are done with the pair
        }
    } else if (const auto *failed = std::get_if<Spdy::SessionFailed>(&event))
        qFatal("the client broke the protocol: %s", qPrintable(failed->text));
}

void FaultConnection::openStream(const Spdy::StreamOpened &stream)
{
    const quint16 port = Spdy::headerValue(stream.headers, PortForward::PortHeader).toUShort();
    const PairScript script = m_script.pairs.value(port, PairScript::Echo);
    if (script == PairScript::ResetInsteadOfReply)
        return m_session.resetStream(stream.stream, Spdy::ResetStatus::Cancel);
    const auto answer = m_assembler.streamOpened(stream, 0);
    if (script == PairScript::NoReply)
        return;
    m_session.replyToStream(stream.stream);
    if (const auto *completed = std::get_if<PortForward::PairAssembler::Completed>(&answer))
        startPair(completed->pair);
}

void FaultConnection::startPair(const PortForward::PairAssembler::Pair &streams)
{
    ++m_server.m_pairs;
    Pair pair;
    pair.error = streams.errorStream;
    pair.data = streams.dataStream;
    pair.port = streams.port;
    pair.script = m_script.pairs.value(streams.port, PairScript::Echo);
    switch (pair.script) {
    case PairScript::Source:
    case PairScript::SourceThenKeep:
    case PairScript::SourceThenFinOnly:
    case PairScript::SourceThenReset:
    case PairScript::SourceThenErrorOld:
    case PairScript::SourceThenErrorNew:
    case PairScript::SourceThenErrorPieces:
    case PairScript::SourceThenErrorReset:
        pair.sourceSize = m_script.sourceBytes;
        break;
    case PairScript::NeverRead:
        m_reading = false;
        m_socket->setReadBufferSize(1024);
        break;
    default:
        break;
    }
    m_pairs.emplace(pair.data, pair);
    if (pair.sourceSize == 0 && pair.script >= PairScript::Source && pair.script <= PairScript::SourceThenErrorReset)
        endSource(m_pairs.at(pair.data));
    m_poll->start(2);
}

void FaultConnection::onData(const Spdy::DataReceived &data)
{
    Pair *pair = pairOf(data.stream);
    if (!pair || data.stream != pair->data)
        return;
    m_server.m_received += quint64(data.body.size());
    const bool echoes = pair->script == PairScript::Echo || pair->script == PairScript::OneSecondRule;
    if (echoes && !data.body.isEmpty() && !pair->over) {
        m_session.sendData(pair->data, data.body);
        m_server.m_sent += quint64(data.body.size());
    }
    if (data.fin)
        onClientEnd(*pair);
}

void FaultConnection::onClientEnd(Pair &pair)
{
    pair.clientEnded = true;
    const quint32 id = pair.data;
    const auto later = [this, id](int ms, const QByteArray &text) {
        QTimer::singleShot(ms, this, [this, id, text] {
            if (Pair *one = pairOf(id)) {
                m_session.sendData(id, text);
                m_server.m_sent += quint64(text.size());
                endOrderly(*one);
            }
        });
    };
    if (pair.script == PairScript::AnswerLater)
        later(OneSecond / 2, "late answer");
    else if (pair.script == PairScript::OneSecondRule)
        later(OneSecond, {});
    else if (pair.sourceSize == 0)
        endOrderly(pair);
}

void FaultConnection::pump()
{
    for (auto &[id, pair] : m_pairs) {
        while (!pair.over && pair.sourceAt < pair.sourceSize && unsent() < UnsentMark) {
            const qint64 count = std::min<qint64>(Spdy::MaxDataBody, pair.sourceSize - pair.sourceAt);
            m_session.sendData(id, patternAt(pair.port, pair.sourceAt, count));
            pair.sourceAt += count;
            m_server.m_sent += quint64(count);
            sendOutput();
            if (pair.sourceAt == pair.sourceSize)
                endSource(pair);
        }
    }
    // An echo that outruns its reader stops reading, as TCP would make it.
    if (m_reading && m_upgraded)
        m_socket->setReadBufferSize(unsent() > 4 * UnsentMark ? 1 : 0);
}

void FaultConnection::endSource(Pair &pair)
{
    const QByteArray &text = m_script.errorText;
    switch (pair.script) {
    case PairScript::Source:
        return endOrderly(pair);
    case PairScript::SourceThenFinOnly:
        m_session.sendData(pair.data, {}, true);
        break;
    case PairScript::SourceThenReset:
        m_session.resetStream(pair.data, Spdy::ResetStatus::Cancel);
        m_session.resetStream(pair.error, Spdy::ResetStatus::Cancel);
        break;
    case PairScript::SourceThenErrorOld:
        m_session.sendData(pair.data, {}, true);
        m_session.sendData(pair.error, text);
        m_session.sendData(pair.error, {}, true);
        break;
    case PairScript::SourceThenErrorNew:
        m_session.sendData(pair.data, {}, true);
        m_session.sendData(pair.error, text);
        m_session.resetStream(pair.error, Spdy::ResetStatus::Cancel);
        break;
    case PairScript::SourceThenErrorPieces:
        m_session.sendData(pair.error, text.first(text.size() / 2));
        QTimer::singleShot(50, this, [this, id = pair.error, data = pair.data, rest = text.mid(text.size() / 2)] {
            m_session.sendData(id, rest, true);
            m_session.sendData(data, {}, true);
            flush();
        });
        break;
    case PairScript::SourceThenErrorReset:
        m_session.resetStream(pair.error, Spdy::ResetStatus::Cancel);
        m_session.sendData(pair.data, {}, true);
        break;
    default:
        return;
    }
    flush();
}

void FaultConnection::endOrderly(Pair &pair)
{
    if (std::exchange(pair.over, true))
        return;
    m_session.sendData(pair.data, {}, true);
    m_session.sendData(pair.error, {}, true);
    flush();
}

void FaultConnection::flush()
{
    if (!m_server.m_blackHole && m_session.outputSize() > 0)
        sendOutput();
}

void FaultConnection::sendOutput()
{
    const QByteArray output = m_session.takeOutput();
    m_socket->write(m_pipe ? m_pipe->encode(output) : output);
}

qint64 FaultConnection::unsent() const
{
    return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
}

void FaultConnection::noteAcknowledged()
{
    int inKernel = 0;
    const auto fd = int(m_socket->socketDescriptor());
    if (fd < 0 || ::ioctl(fd, SIOCOUTQ, &inKernel) != 0)
        return;
    for (const auto &[id, pair] : m_pairs) {
        const qint64 held = unsent() + inKernel;
        if (pair.sourceAt > held) // headers and TLS make `held` larger than its payload, so this is a lower bound
            m_server.m_acknowledged = quint64(pair.sourceAt - held);
    }
}

FaultConnection::Pair *FaultConnection::pairOf(quint32 stream)
{
    for (auto &[id, pair] : m_pairs) {
        if (id == stream || pair.error == stream)
            return &pair;
    }
    return nullptr;
}

} // namespace Fairlead::Test
