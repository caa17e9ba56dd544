#include "tests/bench/compare/client.h"

#include "tests/bench/compare/wire.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

constexpr int RelayPatienceMs = 10'000;

/// Free now; another program could take it before the relay does, which then says so.
quint16 freePort()
{
    uint16_t port = 0;
    ::close(listenLocally(port));
    return port;
}

QString writeFile(const QTemporaryDir &folder, const QString &name, const QString &text)
{
    QFile file(folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0 ? QString() : file.errorString();
}

bool accepts(quint16 port)
{
    const QDeadlineTimer deadline(RelayPatienceMs);
    while (!deadline.hasExpired()) {
        if (connectLocally(port))
            return true;
        QThread::msleep(5);
    }
    return false;
}

QString installedProgram(const QString &name)
{
    return QStandardPaths::findExecutable(name, {u"/usr/bin"_s, u"/usr/sbin"_s, u"/usr/local/bin"_s});
}

/// The newest that packaging/fetch-kubectl has brought, else the machine's own.
QString newestKubectl()
{
    const QDir tools(QStringLiteral(FAIRLEAD_KUBECTL_DIR));
    QFileInfoList files = tools.entryInfoList({u"kubectl-1.*"_s}, QDir::Files | QDir::Executable);
    const auto minor = [](const QFileInfo &file) { return file.fileName().section(u'.', -1).toInt(); };
    const auto newest = std::max_element(files.cbegin(), files.cend(),
                                         [&](const auto &a, const auto &b) { return minor(a) < minor(b); });
    return newest == files.cend() ? QStandardPaths::findExecutable(u"kubectl"_s) : newest->filePath();
}

} // namespace

QString ForwardClient::start(const Route &route)
{
    QStringList arguments{u"port-forward"_s,   u"--kubeconfig"_s, route.kubeconfig, u"-n"_s,
                          route.namespaceName, u"--address"_s,    u"127.0.0.1"_s,   route.pod};
    for (int i = 0; i < m_pairs; ++i)
        arguments << u":%1"_s.arg(route.commandPort) << u":%1"_s.arg(route.greeterPort);
    // Each is told what to use: kubectl by its environment, Fairlead by a flag that kubectl does not know.
    const bool webSocket = m_carrier == Carrier::WebSocket;
    m_process.setVariable(u"KUBECTL_PORT_FORWARD_WEBSOCKETS"_s, webSocket ? u"true"_s : u"false"_s);
    if (QFileInfo(m_program).fileName().startsWith("fairlead"_L1))
        arguments << u"--transport"_s << (webSocket ? u"websocket"_s : u"spdy"_s);
    if (const QString problem = m_process.start(m_program, arguments); !problem.isEmpty())
        return problem;
    const QStringList lines = m_process.waitForLines(u"Forwarding from 127.0.0.1:"_s, 2 * m_pairs);
    static const QRegularExpression line(u"^Forwarding from 127\\.0\\.0\\.1:(\\d+) -> (\\d+)$"_s);
    QList<quint16> command;
    QList<quint16> greeter;
    for (const QString &text : lines) {
        const QRegularExpressionMatch match = line.match(text);
        (match.captured(2).toUShort() == route.commandPort ? command : greeter) << match.captured(1).toUShort();
    }
    if (command.size() != m_pairs || greeter.size() != m_pairs)
        return u"%1 does not forward: %2"_s.arg(m_program, m_process.output());
    for (int i = 0; i < m_pairs; ++i)
        m_ports << command.at(i) << greeter.at(i);
    return {};
}

QString HaproxyClient::start(const Route &route)
{
    m_ports = {freePort(), freePort()};
    QString text = u"global\n  nbthread 1\n  maxconn 4000\n"
                   "defaults\n  mode tcp\n  timeout connect 30s\n  timeout client 1h\n  timeout server 1h\n"_s;
    int number = 0;
    for (const quint16 target : {route.tlsCommandPort, route.tlsGreeterPort}) {
        text += u"listen l%1\n  bind 127.0.0.1:%2\n"
                "  server s 127.0.0.1:%3 ssl verify required ca-file %4\n"_s.arg(number)
                    .arg(m_ports.at(number))
                    .arg(target)
                    .arg(route.tlsAuthority);
        ++number;
    }
    if (const QString problem = writeFile(m_folder, u"haproxy.cfg"_s, text); !problem.isEmpty())
        return problem;
    const QString program = installedProgram(u"haproxy"_s);
    if (const QString problem = m_process.start(program, {u"-db"_s, u"-f"_s, m_folder.filePath(u"haproxy.cfg"_s)});
        !problem.isEmpty())
        return problem;
    return accepts(m_ports.at(0)) && accepts(m_ports.at(1)) ? QString() : m_process.output();
}

QString StunnelClient::start(const Route &route)
{
    m_ports = {freePort(), freePort()};
    QString text = u"foreground = yes\npid =\nsyslog = no\ndebug = warning\nsocket = l:TCP_NODELAY=1\n"
                   "socket = r:TCP_NODELAY=1\n"_s;
    int number = 0;
    for (const quint16 target : {route.tlsCommandPort, route.tlsGreeterPort}) {
        text += u"[s%1]\nclient = yes\naccept = 127.0.0.1:%2\nconnect = 127.0.0.1:%3\nverifyChain = yes\n"
                "CAfile = %4\n"_s.arg(number)
                    .arg(m_ports.at(number))
                    .arg(target)
                    .arg(route.tlsAuthority);
        ++number;
    }
    if (const QString problem = writeFile(m_folder, u"stunnel.conf"_s, text); !problem.isEmpty())
        return problem;
    const QString program = installedProgram(u"stunnel"_s);
    if (const QString problem = m_process.start(program, {m_folder.filePath(u"stunnel.conf"_s)}); !problem.isEmpty())
        return problem;
    return accepts(m_ports.at(0)) && accepts(m_ports.at(1)) ? QString() : m_process.output();
}

QList<ClientKind> availableClients(const QString &fairlead, const QString &kubectl, QStringList &notes)
{
    const auto forwarder = [](const QString &program) { return std::make_unique<ForwardClient>(program); };
    const auto tunnelled = [](const QString &program) {
        return std::make_unique<ForwardClient>(program, ForwardClient::Carrier::WebSocket);
    };
    QList<ClientKind> kinds;
    const auto addForwarder = [&](const QString &name, const QString &program) {
        kinds << ClientKind{name, ClientKind::Sort::Forwarder, program, forwarder}
              << ClientKind{name + u" WebSocket"_s, ClientKind::Sort::Forwarder, program, tunnelled, true};
    };
    addForwarder(u"fairlead"_s, fairlead);
    if (const QString path = kubectl.isEmpty() ? newestKubectl() : kubectl; !path.isEmpty())
        addForwarder(u"kubectl"_s, path);
    else
        notes << u"kubectl is not installed (packaging/fetch-kubectl)."_s;
    if (const QString path = installedProgram(u"haproxy"_s); !path.isEmpty())
        kinds << ClientKind{u"haproxy"_s, ClientKind::Sort::Relay, path,
                            [](const QString &) { return std::make_unique<HaproxyClient>(); }};
    else
        notes << u"haproxy is not installed (packaging/install-dependencies bench)."_s;
    if (const QString path = installedProgram(u"stunnel"_s); !path.isEmpty())
        kinds << ClientKind{u"stunnel"_s, ClientKind::Sort::Relay, path,
                            [](const QString &) { return std::make_unique<StunnelClient>(); }};
    else
        notes << u"stunnel is not installed (packaging/install-dependencies bench)."_s;
    return kinds;
}

} // namespace Fairlead::Bench
