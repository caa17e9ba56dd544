#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

/// `fairlead port-forward` of the demo cluster's echo, as a person would start it. Ends with the object.
class Forwarding final
{
public:
    Forwarding(const QString &kubeconfig, const QProcessEnvironment &environment, const QStringList &flags = {});
    ~Forwarding();

    /// Blocks until it listens. 0: it has ended.
    [[nodiscard]] quint16 port();
    [[nodiscard]] bool ends();
    /// All that it has printed so far, on either stream.
    [[nodiscard]] QString output();
    /// What went there and did not come back the same, in a sentence; empty: nothing.
    [[nodiscard]] QString exchangeProblem();

private:
    QProcess m_process;
    QByteArray m_output;
};
