#include "ownmachine.h"

#include <QByteArray>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStringList>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace OwnMachine {
namespace {

constexpr auto groupVariable = "FAIRLEAD_TEST_CGROUP";
constexpr auto groupPrefix = "fairlead-interop-"; // then the process id of the run

const QStringList &unshareArguments()
{
    // --kill-child: an inside whose outside was killed (a test's time limit) dies too.
    static const QStringList arguments{u"--net"_s,  u"--mount"_s,      u"--pid"_s,
                                       u"--fork"_s, u"--kill-child"_s, u"--mount-proc"_s};
    return arguments;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Runs a short command; answers its error output (or its exit status in words) when it fails.
QString run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted() || !process.waitForFinished(20'000))
        return u"%1: %2"_s.arg(program, process.errorString());
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    const QString words = QString::fromLocal8Bit(process.readAllStandardError()).trimmed();
    return words.isEmpty() ? u"%1 ended with status %2"_s.arg(program).arg(process.exitCode()) : words;
}

/// Every hierarchy's directory of the group; version 1 has one below each controller, version 2 a single one.
QStringList groupDirectories(const QString &group)
{
    const QDir root(u"/sys/fs/cgroup"_s);
    QStringList candidates{root.filePath(group)};
    const QStringList hierarchies = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QString &hierarchy : hierarchies)
        candidates << root.filePath(hierarchy + u'/' + group);
    candidates.removeIf([](const QString &path) { return !QFile::exists(path); });
    return candidates;
}

void removeGroup(const QString &group)
{
    const QStringList tops = groupDirectories(group);
    for (const QString &top : tops) {
        QStringList directories{top};
        for (QDirIterator it(top, QDir::Dirs | QDir::NoDotAndDotDot, QDirIterator::Subdirectories); it.hasNext();)
            directories << it.next();
        std::sort(directories.begin(), directories.end(), std::greater<>()); // children before parents
        for (const QString &directory : std::as_const(directories))
            rmdir(QFile::encodeName(directory).constData());
    }
}

/// What runs that were killed have left.
void removeStaleGroups()
{
    const QString prefix = QString::fromLatin1(groupPrefix);
    for (QDirIterator it(u"/sys/fs/cgroup"_s, {prefix + u'*'}, QDir::Dirs, QDirIterator::Subdirectories);
         it.hasNext();) {
        const QString group = QFileInfo(it.next()).fileName();
        if (!QFile::exists(u"/proc/"_s + group.mid(prefix.size())))
            removeGroup(group);
    }
}

[[noreturn]] void becomeInside(int argc, char **argv, pid_t outside)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != outside)
        _exit(1); // it was killed before the line above
    std::vector<QByteArray> words{"unshare"};
    for (const QString &argument : unshareArguments())
        words.push_back(argument.toLatin1());
    words.push_back(QFile::symLinkTarget(u"/proc/self/exe"_s).toLocal8Bit());
    for (int i = 1; i < argc; ++i)
        words.emplace_back(argv[i]);
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    execvp("unshare", pointers.data());
    _exit(127);
}

} // namespace

QString obstacle()
{
    if (geteuid() != 0)
        return u"needs root rights, for namespaces of its own"_s;
    const QString error = run(u"unshare"_s, unshareArguments() + QStringList{u"true"_s});
    return error.isEmpty() ? QString() : u"cannot make namespaces here: "_s + error;
}

bool isInside()
{
    return qEnvironmentVariableIsSet(groupVariable);
}

int runInside(int argc, char **argv)
{
    removeStaleGroups();
    const QString group = QString::fromLatin1(groupPrefix) + QString::number(getpid());
    qputenv(groupVariable, group.toLatin1());
    const pid_t outside = getpid();
    const pid_t child = fork();
    if (child == 0)
        becomeInside(argc, argv, outside);
    int status = 1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    removeGroup(group);
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

QString furnish()
{
    if (mount("tmpfs", "/run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") != 0)
        return u"mounting over /run: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno)));
    // The runtime connects to "localhost" in the pod; not every machine's file knows it by both families.
    QFile hosts(u"/run/hosts"_s);
    if (!hosts.open(QIODevice::WriteOnly) || hosts.write("127.0.0.1 localhost\n::1 localhost\n") < 0)
        return u"cannot write /run/hosts"_s;
    hosts.close();
    if (mount("/run/hosts", "/etc/hosts", nullptr, MS_BIND, nullptr) != 0)
        return u"mounting over /etc/hosts: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno)));
    return run(u"ip"_s, {u"link"_s, u"set"_s, u"lo"_s, u"up"_s});
}

/// Every process of a sandbox is in a control group of that name and sees its sockets in /proc/PID/net.
bool listens(const QByteArray &sandbox, quint16 port)
{
    const QByteArray address = ':' + QByteArray::number(port, 16).toUpper() + ' ';
    constexpr auto listening = " 00000000:0000 0A "; // no peer, TCP_LISTEN
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    return std::any_of(processes.begin(), processes.end(), [&](const QString &process) {
        if (!contentOf(u"/proc/%1/cgroup"_s.arg(process)).contains(sandbox))
            return false;
        const QByteArrayList sockets = contentOf(u"/proc/%1/net/tcp"_s.arg(process)).split('\n');
        return std::any_of(sockets.begin(), sockets.end(), [&](const QByteArray &socket) {
            return socket.contains(address) && socket.contains(listening);
        });
    });
}

QString controlGroup()
{
    return u'/' + qEnvironmentVariable(groupVariable);
}

} // namespace OwnMachine
