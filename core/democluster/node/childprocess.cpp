#include "core/democluster/node/childprocess.h"

#include "core/democluster/node/errnotext.h"
#include "core/democluster/node/fdchannel.h"

#include <QFile>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr int ExitPollMs = 50;

/// Descriptors 0, 1 and 2 of the child, its process group, and an empty signal mask with default handlers.
class SpawnPlan
{
public:
    SpawnPlan(int input, int output, int error)
    {
        posix_spawn_file_actions_init(&m_files);
        posix_spawn_file_actions_adddup2(&m_files, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&m_files, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&m_files, error, STDERR_FILENO);
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setpgroup(&m_attributes, 0);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        sigset_t all;
        sigfillset(&all);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan()
    {
        posix_spawn_file_actions_destroy(&m_files);
        posix_spawnattr_destroy(&m_attributes);
    }
    SpawnPlan(const SpawnPlan &) = delete;
    SpawnPlan &operator=(const SpawnPlan &) = delete;

    /// 0 or an errno.
    int run(const QStringList &command, pid_t &pid)
    {
        QByteArrayList encoded;
        for (const QString &part : command)
            encoded << QFile::encodeName(part);
        std::vector<char *> arguments;
        for (QByteArray &part : encoded)
            arguments.push_back(part.data());
        arguments.push_back(nullptr);
        return ::posix_spawnp(&pid, arguments.front(), &m_files, &m_attributes, arguments.data(), environ);
    }

private:
    posix_spawn_file_actions_t m_files{};
    posix_spawnattr_t m_attributes{};
};

std::pair<FileDescriptor, FileDescriptor> makePipe()
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return {};
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK); // ours; the child's end stays blocking, as programs expect
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

/// The child's end of its input must block.
void makeBlocking(const FileDescriptor &end)
{
    ::fcntl(end.get(), F_SETFL, 0);
}

} // namespace

Result<std::unique_ptr<ChildProcess>, QString> ChildProcess::start(const QStringList &command)
{
    auto [input, childInput] = connectedPair();
    auto [output, childOutput] = makePipe();
    auto [error, childError] = makePipe();
    if (!input.isOpen() || !output.isOpen() || !error.isOpen())
        return Failure{errnoText(errno)};
    makeBlocking(childInput);
    pid_t pid = -1;
    const int failed = SpawnPlan(childInput.get(), childOutput.get(), childError.get()).run(command, pid);
    if (failed != 0)
        return Failure{errnoText(failed)};
    return std::unique_ptr<ChildProcess>(new ChildProcess(pid, std::move(input), std::move(output), std::move(error)));
}

ChildProcess::ChildProcess(pid_t pid, FileDescriptor input, FileDescriptor output, FileDescriptor error)
    : m_pid(pid)
    , m_input(std::move(input))
    , m_output(std::move(output))
    , m_error(std::move(error))
{
    m_errorNotifier = std::make_unique<QSocketNotifier>(m_error.get(), QSocketNotifier::Read);
    connect(m_errorNotifier.get(), &QSocketNotifier::activated, this, &ChildProcess::readError);
    watchExit();
}

ChildProcess::~ChildProcess()
{
    kill();
}

void ChildProcess::kill()
{
    // What a wrapper left behind in its group goes too, even if the wrapper itself has ended.
    ::kill(-m_pid, SIGKILL);
    if (!m_running)
        return;
    while (::waitpid(m_pid, &m_status, 0) < 0 && errno == EINTR) { }
    m_running = false;
}

/// A pidfd tells at once; where the kernel has none (before 5.3) the exit is polled for.
void ChildProcess::watchExit()
{
    m_exitFd = FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0)));
    if (m_exitFd.isOpen()) {
        m_exitNotifier = std::make_unique<QSocketNotifier>(m_exitFd.get(), QSocketNotifier::Read);
        connect(m_exitNotifier.get(), &QSocketNotifier::activated, this, &ChildProcess::checkExit);
    } else {
        connect(&m_exitPoll, &QTimer::timeout, this, &ChildProcess::checkExit);
        m_exitPoll.start(ExitPollMs);
    }
}

void ChildProcess::checkExit()
{
    if (!m_running || ::waitpid(m_pid, &m_status, WNOHANG) != m_pid)
        return;
    m_running = false;
    m_exitPoll.stop();
    if (m_exitNotifier)
        m_exitNotifier->setEnabled(false);
    readError(); // what it said last
    m_errorNotifier->setEnabled(false);
    emit finished();
}

void ChildProcess::readError()
{
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t count = ::read(m_error.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            if (count == 0)
                m_errorNotifier->setEnabled(false);
            return;
        }
        const qsizetype room = MaxErrorOutput - m_errorText.size();
        m_errorText.append(buffer.data(), qMin<qsizetype>(count, room));
    }
}

QString ChildProcess::failure() const
{
    if (m_running)
        return {};
    if (WIFSIGNALED(m_status))
        return u"signal: "_s + QString::fromLatin1(::strsignal(WTERMSIG(m_status))).toLower();
    return WEXITSTATUS(m_status) == 0 ? QString() : u"exit status %1"_s.arg(WEXITSTATUS(m_status));
}

QString ChildProcess::errorOutput() const
{
    return QString::fromUtf8(m_errorText).trimmed();
}

} // namespace Fairlead::Demo
