#include "core/kube/signin/programsearch.h"

#include <QDir>
#include <QFileInfo>
#include <QMutex>
#include <QProcess>

#include <optional>
#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

constexpr int ShellPatienceMs = 5'000; // start files of some shells ask the network

bool isProgram(const QString &path)
{
    const QFileInfo file(path);
    return file.isFile() && file.isExecutable();
}

QString loginShell()
{
    if (const QString shell = qEnvironmentVariable("SHELL"); !shell.isEmpty())
        return shell;
    const passwd *user = ::getpwuid(::getuid());
    return user && user->pw_shell ? QString::fromLocal8Bit(user->pw_shell) : QString();
}

QString askLoginShell()
{
    const QString shell = loginShell();
    if (!isProgram(shell))
        return {};
    QProcess process;
    // Many set PATH in the start file of interactive shells; such a shell must not get at our terminal.
    process.setChildProcessModifier([] { ::setsid(); });
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(shell, {u"-l"_s, u"-i"_s, u"-c"_s, u"env"_s});
    if (!process.waitForFinished(ShellPatienceMs)) {
        process.kill();
        process.waitForFinished(ShellPatienceMs);
        return {};
    }
    return pathFromEnvOutput(process.readAllStandardOutput());
}

} // namespace

FoundProgram findProgram(const QString &command, const QString &searchPath)
{
    if (command.contains(u'/'))
        return {isProgram(command) ? command : QString(), searchPath};
    const QStringList folders = searchPath.split(u':', Qt::SkipEmptyParts);
    for (const QString &folder : folders) {
        const QString path = folder + u'/' + command;
        if (QDir::isAbsolutePath(folder) && isProgram(path))
            return {path, searchPath};
    }
    return {{}, searchPath};
}

QString joinSearchPaths(const QString &searchPath, const QStringList &more)
{
    QStringList folders = searchPath.split(u':', Qt::SkipEmptyParts);
    for (const QString &folder : more) {
        if (!folder.isEmpty() && !folders.contains(folder))
            folders.append(folder);
    }
    return folders.join(u':');
}

QStringList usualProgramFolders(const QString &home)
{
    return {home + "/.local/bin"_L1,
            home + "/bin"_L1,
            home + "/.krew/bin"_L1,
            home + "/.asdf/shims"_L1,
            home + "/google-cloud-sdk/bin"_L1,
            u"/usr/local/bin"_s,
            u"/usr/lib/google-cloud-sdk/bin"_s,
            u"/home/linuxbrew/.linuxbrew/bin"_s,
            u"/opt/homebrew/bin"_s,
            u"/snap/bin"_s};
}

QString pathFromEnvOutput(const QByteArray &output)
{
    const QList<QByteArray> lines = output.split('\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (line->startsWith("PATH="))
            return QString::fromLocal8Bit(line->mid(5).trimmed());
    }
    return {};
}

QString loginShellPath()
{
    static QMutex mutex;
    static std::optional<QString> known;
    const QMutexLocker lock(&mutex);
    if (!known)
        known = askLoginShell();
    return *known;
}

} // namespace Fairlead::Kube
