#include "forwarding.h"

#include <QDeadlineTimer>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 60'000;

/// A kubectl that looks at nothing of this machine but that kubeconfig.
void prepare(QProcess &process, const QString &kubectl, const QString &kubeconfig)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"KUBECONFIG"_s, kubeconfig);
    environment.remove(u"HTTPS_PROXY"_s);
    environment.remove(u"https_proxy"_s);
    process.setProcessEnvironment(environment);
    process.setProgram(kubectl);
}

} // namespace

KubectlResult runKubectl(const QString &kubectl, const QString &kubeconfig, const QStringList &arguments)
{
    QProcess process;
    prepare(process, kubectl, kubeconfig);
    process.setArguments(arguments);
    process.start();
    if (!process.waitForFinished(PatienceMs)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), "did not end: " + process.readAllStandardError()};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

KubectlForward::KubectlForward(const QString &kubectl, const QString &kubeconfig, const QStringList &arguments,
                               bool webSockets)
{
    prepare(m_process, kubectl, kubeconfig);
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(u"KUBECTL_PORT_FORWARD_WEBSOCKETS"_s, webSockets ? u"true"_s : u"false"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setArguments(QStringList{u"port-forward"_s} + arguments);
    m_process.start();
}

KubectlForward::~KubectlForward()
{
    m_process.terminate();
    if (!m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

void KubectlForward::read()
{
    m_output += m_process.readAll();
}

QByteArray KubectlForward::output()
{
    m_process.waitForReadyRead(0);
    read();
    return m_output;
}

quint16 KubectlForward::waitForLocalPort(quint16 remotePort)
{
    const QRegularExpression line(u"Forwarding from 127\\.0\\.0\\.1:(\\d+) -> %1\\n"_s.arg(remotePort));
    const QDeadlineTimer deadline(PatienceMs);
    for (;;) {
        read();
        const auto match = line.match(QString::fromUtf8(m_output));
        if (match.hasMatch())
            return match.captured(1).toUShort();
        if (m_process.state() == QProcess::NotRunning || deadline.hasExpired())
            return 0;
        m_process.waitForReadyRead(100);
    }
}

bool KubectlForward::waitForEnd()
{
    const bool ended = m_process.state() == QProcess::NotRunning || m_process.waitForFinished(PatienceMs);
    read();
    return ended;
}
