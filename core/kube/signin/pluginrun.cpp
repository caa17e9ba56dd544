#include "core/kube/signin/pluginrun.h"

#include "core/kube/signin/execcredential.h"
#include "core/kube/signin/programsearch.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTimer>

#include <csignal>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

constexpr qsizetype KeptErrors = 64 * 1024; // enough to find out why it failed
constexpr qsizetype MaxSaid = 1024 * 1024; // nobody reads more, and it waits in memory for who shows it
constexpr int TermPatienceMs = 2'000; // then it is made to go

QStringList inheritedEnvironment(const QString &searchPath)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, searchPath);
    return environment.toStringList();
}

QProcessEnvironment environmentFrom(const QStringList &entries)
{
    QProcessEnvironment environment;
    for (const QString &entry : entries) {
        const qsizetype split = entry.indexOf(u'=', 1);
        if (split > 0)
            environment.insert(entry.left(split), entry.mid(split + 1));
    }
    return environment;
}

/// Who starts us from a launcher gives us a shorter PATH than their terminals have.
FoundProgram findPlugin(const ExecPlugin &plugin)
{
    FoundProgram found = findProgram(plugin.command, qEnvironmentVariable("PATH"));
    if (!found.path.isEmpty() || plugin.command.contains(u'/'))
        return found;
    const QString wider = joinSearchPaths(found.searchPath, loginShellPath().split(u':'));
    return findProgram(plugin.command, joinSearchPaths(wider, usualProgramFolders(QDir::homePath())));
}

/// Runs between fork and exec: system calls only.
void leadOwnSession()
{
    ::setsid();
}

void signalProcess(qint64 pid, bool wholeGroup, int signal)
{
    if (pid > 0)
        ::kill(wholeGroup ? pid_t(-pid) : pid_t(pid), signal);
}

} // namespace

PluginRun::PluginRun(ConnectionConfig config, PluginManners manners, QObject *parent)
    : SignInRun(parent)
    , m_config(std::move(config))
    , m_manners(manners)
    , m_deadline(new QTimer(this))
{
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this,
            [this] { finish(Failure{pluginTooSlow(*m_config.exec, m_manners.timeoutMs / 1000, m_errors)}); });
}

PluginRun::~PluginRun()
{
    m_over = true;
    release();
}

void PluginRun::start()
{
    const ExecPlugin &plugin = *m_config.exec;
    const bool canTalk = m_manners.input != PluginManners::Input::None;
    if (plugin.interactiveMode == "Always"_L1 && !canTalk)
        return finish(Failure{pluginNeedsUser(plugin)});
    const FoundProgram found = findPlugin(plugin);
    if (found.path.isEmpty()) {
        const bool isThere = plugin.command.contains(u'/') && QFileInfo::exists(plugin.command);
        return finish(Failure{isThere ? pluginNotStarted(plugin, u"permission denied"_s) : pluginNotFound(plugin)});
    }
    launch(found.path, found.searchPath, canTalk && plugin.interactiveMode != "Never"_L1);
}

void PluginRun::launch(const QString &program, const QString &searchPath, bool interactive)
{
    m_process = new QProcess(this);
    applyManners(interactive);
    m_process->setProcessEnvironment(
        environmentFrom(execEnvironment(m_config, inheritedEnvironment(searchPath), interactive)));
    connect(m_process, &QProcess::readyReadStandardOutput, this, &PluginRun::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, &PluginRun::readErrors);
    connect(m_process, &QProcess::finished, this,
            [this](int exitCode, QProcess::ExitStatus status) { onExit(exitCode, status == QProcess::CrashExit); });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(Failure{pluginNotStarted(*m_config.exec, m_process->errorString())});
    });
    if (m_manners.timeoutMs > 0)
        m_deadline->start(m_manners.timeoutMs);
    m_process->start(program, m_config.exec->arguments);
}

void PluginRun::applyManners(bool interactive)
{
    const bool atTerminal = interactive && m_manners.input == PluginManners::Input::Terminal;
    if (atTerminal)
        m_process->setInputChannelMode(QProcess::ForwardedInputChannel);
    else if (!interactive)
        m_process->setStandardInputFile(QProcess::nullDevice());
    if (m_manners.errorsToTerminal)
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // A session of its own may not read from our terminal, so one that talks there stays in ours.
    m_ownGroup = !atTerminal;
    if (m_ownGroup)
        m_process->setChildProcessModifier(leadOwnSession);
}

void PluginRun::say(const QByteArray &bytes)
{
    if (m_process && m_process->isWritable())
        m_process->write(bytes);
}

void PluginRun::cancel()
{
    finish(Failure{pluginCancelled(*m_config.exec)});
}

void PluginRun::readOutput()
{
    m_output += m_process->readAllStandardOutput();
    if (m_output.size() > MaxExecAnswerBytes)
        finish(Failure{pluginTooLoud(*m_config.exec)});
}

void PluginRun::readErrors()
{
    const QByteArray bytes = m_process->readAllStandardError();
    m_errors = (m_errors + bytes).right(KeptErrors);
    m_said += bytes.size();
    if (!bytes.isEmpty() && m_said <= MaxSaid)
        emit said(bytes);
}

void PluginRun::onExit(int exitCode, bool crashed)
{
    if (m_over)
        return;
    readOutput();
    if (!m_manners.errorsToTerminal)
        readErrors();
    if (crashed || exitCode != 0)
        finish(Failure{pluginFailed(*m_config.exec, exitCode, crashed, m_errors)});
    else
        finish(readExecCredential(*m_config.exec, m_output));
}

void PluginRun::finish(const Outcome &outcome)
{
    if (std::exchange(m_over, true))
        return;
    m_deadline->stop();
    release();
    m_output.clear();
    emit finished(outcome);
}

/// The process outlives this object while it is being asked to go, so that nobody waits for it here. What it started
/// goes with it.
void PluginRun::release()
{
    QProcess *process = m_process;
    m_process = nullptr;
    if (!process)
        return;
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning)
        return process->deleteLater();
    const qint64 pid = process->processId();
    process->setParent(parent()); // whose end kills it
    process->closeReadChannel(QProcess::StandardOutput);
    process->closeReadChannel(QProcess::StandardError);
    const auto finish = [process, pid, wholeGroup = m_ownGroup] {
        signalProcess(pid, wholeGroup, SIGKILL);
        process->deleteLater();
    };
    connect(process, &QProcess::finished, process, finish);
    signalProcess(pid, m_ownGroup, SIGTERM);
    QTimer::singleShot(TermPatienceMs, process,
                       [pid, wholeGroup = m_ownGroup] { signalProcess(pid, wholeGroup, SIGKILL); });
}

} // namespace Fairlead::Kube
