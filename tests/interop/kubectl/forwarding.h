#pragma once

#include <QByteArray>
#include <QHash>
#include <QProcess>
#include <QString>
#include <QStringList>

/// What a finished kubectl said.
struct KubectlResult {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

/// Runs one kubectl to its end, at most a minute.
[[nodiscard]] KubectlResult runKubectl(const QString &kubectl, const QString &kubeconfig, const QStringList &arguments);

/// A running `kubectl port-forward`; its lines are read for the ports it has chosen. Ends with the object.
class KubectlForward final
{
public:
    /// `webSockets`: whether it may use them, if it can.
    KubectlForward(const QString &kubectl, const QString &kubeconfig, const QStringList &arguments,
                   bool webSockets = true);
    ~KubectlForward();

    /// Blocks until it listens for that remote port. 0: it has ended or took too long.
    [[nodiscard]] quint16 waitForLocalPort(quint16 remotePort);
    /// Everything it has printed so far, both channels.
    [[nodiscard]] QByteArray output();
    [[nodiscard]] bool waitForEnd();
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }

private:
    void read();

    QProcess m_process;
    QByteArray m_output;
};
