#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QProcess>
#include <QString>

/// A running `fairlead port-forward`: started as a person would, its lines read for the ports it has chosen.
class ForwardProcess final
{
public:
    ~ForwardProcess();

    /// Forwards free local ports to these ports of `target`. Answers what went wrong, or nothing; blocks until all
    /// listen.
    [[nodiscard]] QString start(const QString &kubeconfig, const QList<quint16> &remotePorts,
                                const QString &target = QStringLiteral("web"));

    [[nodiscard]] quint16 localPort(quint16 remotePort) const { return m_localPorts.value(remotePort); }
    [[nodiscard]] bool isRunning() { return !m_process.waitForFinished(0) && m_process.state() == QProcess::Running; }

    /// Ctrl-C. The exit status, or -1 when it does not end or dies otherwise.
    [[nodiscard]] int interrupt();

    /// Everything it has printed.
    [[nodiscard]] QByteArray output();

private:
    void learnPorts();

    QProcess m_process;
    QByteArray m_output;
    QHash<quint16, quint16> m_localPorts;
};
