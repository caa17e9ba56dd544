#pragma once

#include "core/democluster/node/filedescriptor.h"
#include "core/support/result.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <sys/types.h>

class QSocketNotifier;

namespace Fairlead::Demo {

/// A program run for one connection, with a socket as its standard input, and pipes for output and error. It leads a
/// process group of its own, so that a wrapper and what it started end together. It is always reaped: the destructor
/// kills the group and waits. Not QProcess, which would take in output without bound while nobody reads it.
class ChildProcess final : public QObject
{
    Q_OBJECT

public:
    /// The longest error text worth passing on (PortForward::MaxErrorText leaves room for the words around it).
    static constexpr qsizetype MaxErrorOutput = 8 * 1024;

    /// Runs command[0], looked up in PATH. Fails with an errno text, e.g. "no such file or directory".
    [[nodiscard]] static Result<std::unique_ptr<ChildProcess>, QString> start(const QStringList &command);
    ~ChildProcess() override;

    [[nodiscard]] FileDescriptor takeInput() { return std::move(m_input); }
    [[nodiscard]] FileDescriptor takeOutput() { return std::move(m_output); }
    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] bool isRunning() const { return m_running; }
    /// "exit status 1" or "signal: killed", as Go words it; empty for success and while it runs.
    [[nodiscard]] QString failure() const;
    [[nodiscard]] QString errorOutput() const;

signals:
    /// It has ended and all of its error output has been read.
    void finished();

private:
    ChildProcess(pid_t pid, FileDescriptor input, FileDescriptor output, FileDescriptor error);
    void watchExit();
    void checkExit();
    void readError();
    void kill();

    pid_t m_pid;
    FileDescriptor m_input;
    FileDescriptor m_output;
    FileDescriptor m_error;
    FileDescriptor m_exitFd;
    std::unique_ptr<QSocketNotifier> m_exitNotifier;
    std::unique_ptr<QSocketNotifier> m_errorNotifier;
    QTimer m_exitPoll;
    bool m_running = true;
    int m_status = 0;
    QByteArray m_errorText;
};

} // namespace Fairlead::Demo
