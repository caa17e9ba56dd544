#include "tests/bench/compare/stage.h"

#include "tests/support/testcertificates.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

QString write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? QString() : file.errorString();
}

/// "ports 1 2 3".
QList<quint16> portsOf(const QStringList &lines)
{
    QList<quint16> ports;
    const QStringList words = lines.value(0).split(u' ').mid(1);
    for (const QString &word : words)
        ports << word.toUShort();
    return ports;
}

} // namespace

QString DemoStage::name() const
{
    return u"demo cluster"_s;
}

QString DemoStage::lost()
{
    const QString peer = m_peer.lost(u"the peer"_s);
    return peer.isEmpty() ? m_cluster.lost(u"the demo cluster"_s) : peer;
}

QString DemoStage::start()
{
    if (const QString problem = startPeer(); !problem.isEmpty())
        return problem;
    return startCluster();
}

QString DemoStage::startPeer()
{
    const Test::Identity authority = Test::makeAuthority();
    const Test::Identity server({.dnsNames = {u"localhost"_s}, .addresses = {u"127.0.0.1"_s}}, authority);
    const QString certificate = m_folder.filePath(u"server.pem"_s);
    const QString key = m_folder.filePath(u"server.key"_s);
    const QString authorityFile = m_folder.filePath(u"authority.pem"_s);
    QString problem = write(certificate, server.certificatePem()) + write(key, server.keyPem())
        + write(authorityFile, authority.certificatePem());
    if (problem.isEmpty())
        problem = m_peer.start(m_self, {u"--role"_s, u"peer"_s, certificate, key});
    if (!problem.isEmpty())
        return problem;
    const QList<quint16> ports = portsOf(m_peer.waitForLines(u"ports "_s, 1));
    if (ports.size() != 4)
        return u"the peer does not start: "_s + m_peer.output();
    m_routes[0] = {.kubeconfig = m_folder.filePath(u"kubeconfig"_s),
                   .namespaceName = u"bench"_s,
                   .pod = u"p0"_s,
                   .commandPort = ports.at(0),
                   .greeterPort = ports.at(1),
                   .tlsCommandPort = ports.at(2),
                   .tlsGreeterPort = ports.at(3),
                   .tlsAuthority = authorityFile};
    return {};
}

QString DemoStage::startCluster()
{
    const Route &route = m_routes[0];
    QByteArray pods = "pods:\n";
    for (int i = 0; i < ManyPods; ++i) {
        pods += u"  - {name: p%1, namespace: bench, address: 127.0.0.1, ports: [{name: command, containerPort: %2}, "
                "{name: greeter, containerPort: %3}]}\n"_s.arg(i)
                    .arg(route.commandPort)
                    .arg(route.greeterPort)
                    .toUtf8();
    }
    const QString podsFile = m_folder.filePath(u"pods.yaml"_s);
    QString problem = write(podsFile, pods);
    if (problem.isEmpty())
        problem =
            m_cluster.start(m_fairlead, {u"demo"_s, u"--kubeconfig-out"_s, route.kubeconfig, u"--pods"_s, podsFile});
    if (problem.isEmpty() && m_cluster.waitForLines(u"Stop it with"_s, 1).isEmpty())
        problem = u"the demo cluster does not start: "_s + m_cluster.output();
    return problem;
}

Result<Route, QString> DemoStage::route(int roundTripMs)
{
    if (!m_routes.contains(roundTripMs)) {
        const Result<Route, QString> made = delayed(roundTripMs);
        if (!made)
            return made;
        m_routes[roundTripMs] = *made;
    }
    return m_routes.value(roundTripMs);
}

Result<Route, QString> DemoStage::delayed(int roundTripMs)
{
    Route route = m_routes[0];
    QFile original(route.kubeconfig);
    if (!original.open(QIODevice::ReadOnly))
        return Failure{original.errorString()};
    QString kubeconfig = QString::fromUtf8(original.readAll());
    static const QRegularExpression server(u"server: https://127\\.0\\.0\\.1:(\\d+)"_s);
    const QString apiPort = server.match(kubeconfig).captured(1);

    auto delay = std::make_unique<ChildProcess>();
    const QString problem =
        delay->start(m_self,
                     {u"--role"_s, u"delay"_s, QString::number(roundTripMs), apiPort,
                      QString::number(route.tlsCommandPort), QString::number(route.tlsGreeterPort)});
    const QList<quint16> ports = portsOf(delay->waitForLines(u"ports "_s, 1));
    if (!problem.isEmpty() || ports.size() != 3)
        return Failure{u"the delay line does not start: "_s + problem + delay->output()};
    m_delays.push_back(std::move(delay));
    route.kubeconfig = m_folder.filePath(u"kubeconfig-%1"_s.arg(roundTripMs));
    route.tlsCommandPort = ports.at(1);
    route.tlsGreeterPort = ports.at(2);
    kubeconfig.replace(server, u"server: https://127.0.0.1:%1"_s.arg(ports.at(0)));
    if (const QString unwritten = write(route.kubeconfig, kubeconfig.toUtf8()); !unwritten.isEmpty())
        return Failure{unwritten};
    return route;
}

} // namespace Fairlead::Bench
