#include "tests/bench/compare/childprocess.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcessEnvironment>
#include <QThread>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

constexpr int PatienceMs = 60'000;
constexpr int EndPatienceMs = 5'000;

QProcessEnvironment plainEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &name : {u"http_proxy"_s, u"HTTP_PROXY"_s, u"https_proxy"_s, u"HTTPS_PROXY"_s, u"KUBECONFIG"_s})
        environment.remove(name);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    return environment;
}

} // namespace

ChildProcess::ChildProcess()
{
    m_process.setProcessEnvironment(plainEnvironment());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

ChildProcess::~ChildProcess()
{
    stop();
}

void ChildProcess::setVariable(const QString &name, const QString &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

QString ChildProcess::start(const QString &program, const QStringList &arguments)
{
    if (!m_output.open())
        return m_output.errorString();
    m_process.setStandardOutputFile(m_output.fileName());
    m_process.start(program, arguments);
    if (!m_process.waitForStarted(PatienceMs))
        return u"%1: %2"_s.arg(program, m_process.errorString());
    return {};
}

void ChildProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(EndPatienceMs)) {
        m_process.kill();
        m_process.waitForFinished(EndPatienceMs);
    }
}

bool ChildProcess::isRunning()
{
    return m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(0);
}

QString ChildProcess::lost(const QString &name)
{
    constexpr int LastWords = 500;
    return isRunning() ? QString() : u"%1 has ended: %2"_s.arg(name, output().right(LastWords));
}

QStringList ChildProcess::waitForLines(const QString &prefix, int count)
{
    const QDeadlineTimer deadline(PatienceMs);
    for (;;) {
        const bool running = isRunning(); // before the look at its output: what it printed last counts
        QStringList found;
        QString text = output();
        text.truncate(text.lastIndexOf(u'\n') + 1);
        const QStringList lines = text.split(u'\n');
        for (const QString &line : lines)
            if (line.startsWith(prefix))
                found << line;
        if (found.size() >= count || !running || deadline.hasExpired())
            return found;
        QThread::msleep(1);
    }
}

QString ChildProcess::output() const
{
    QFile file(m_output.fileName());
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace Fairlead::Bench
