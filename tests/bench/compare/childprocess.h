#pragma once

#include "tests/bench/compare/processmeter.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryFile>

namespace Fairlead::Bench {

/// A program that runs beside the benchmark: a server or a client under measurement. What it prints goes to a file, so
/// that nobody has to empty a pipe while something is measured (kubectl prints a line for each connection). It dies
/// with this process, however that ends. For the main thread.
class ChildProcess final
{
public:
    ChildProcess();
    ~ChildProcess();

    /// Of its environment; before start().
    void setVariable(const QString &name, const QString &value);
    /// Answers what went wrong, or nothing.
    [[nodiscard]] QString start(const QString &program, const QStringList &arguments);
    /// Asks it to end, and makes it.
    void stop();

    /// Waits until it has printed `count` lines that begin with `prefix` and gives all of these, whole. Fewer: it has
    /// ended, or took longer than a minute.
    [[nodiscard]] QStringList waitForLines(const QString &prefix, int count);
    [[nodiscard]] QString output() const;
    [[nodiscard]] bool isRunning();
    /// Empty while it runs; afterwards a sentence with `name` and what it printed last.
    [[nodiscard]] QString lost(const QString &name);

    [[nodiscard]] pid_t id() const { return static_cast<pid_t>(m_process.processId()); }
    [[nodiscard]] ProcessMeter meter() const { return ProcessMeter(id()); }

private:
    QProcess m_process;
    QTemporaryFile m_output;
};

} // namespace Fairlead::Bench
