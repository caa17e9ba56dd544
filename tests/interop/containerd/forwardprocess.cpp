#include "forwardprocess.h"

#include <QDeadlineTimer>
#include <QProcessEnvironment>
#include <QRegularExpression>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int startMilliseconds = 20'000;

/// FAIRLEAD_INTEROP_CLIENT runs another client against the same fixture (a kubectl, to see whose fault something is).
QString program()
{
    return qEnvironmentVariable("FAIRLEAD_INTEROP_CLIENT", QString::fromUtf8(FAIRLEAD_PROGRAM));
}

} // namespace

ForwardProcess::~ForwardProcess()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

QString ForwardProcess::start(const QString &kubeconfig, const QList<quint16> &remotePorts, const QString &target)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &proxy : {u"http_proxy"_s, u"HTTP_PROXY"_s, u"https_proxy"_s, u"HTTPS_PROXY"_s, u"KUBECONFIG"_s})
        environment.remove(proxy);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    QStringList arguments{u"port-forward"_s, u"--kubeconfig"_s, kubeconfig, target};
    for (const quint16 port : remotePorts)
        arguments << u":%1"_s.arg(port);
    m_process.start(program(), arguments);

    const QDeadlineTimer deadline(startMilliseconds);
    while (m_localPorts.size() < remotePorts.size()) {
        if (deadline.hasExpired() || m_process.state() == QProcess::NotRunning)
            return u"%1 does not forward:\n%2"_s.arg(program(), QString::fromUtf8(output()));
        m_process.waitForReadyRead(100);
        learnPorts();
    }
    return {};
}

void ForwardProcess::learnPorts()
{
    static const QRegularExpression line(u"^Forwarding from .*:(\\d+) -> (\\d+)$"_s,
                                         QRegularExpression::MultilineOption);
    for (auto it = line.globalMatch(QString::fromUtf8(output())); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        m_localPorts.insert(match.captured(2).toUShort(), match.captured(1).toUShort());
    }
}

int ForwardProcess::interrupt()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGINT);
    if (!m_process.waitForFinished(10'000) || m_process.exitStatus() != QProcess::NormalExit)
        return -1;
    return m_process.exitCode();
}

QByteArray ForwardProcess::output()
{
    while (m_process.waitForReadyRead(0)) { } // without an event loop nothing else empties the pipe
    m_output += m_process.readAll();
    return m_output;
}
