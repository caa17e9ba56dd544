#include "tests/bench/compare/processmeter.h"

#include <QDir>
#include <QFile>

#include <ctime>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

/// The number of kB after `key` in a file such as /proc/PID/status, as MB.
double megabytes(const QString &file, const QByteArray &key)
{
    QFile status(file);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArrayList lines = status.readAll().split('\n');
    for (const QByteArray &line : lines)
        if (line.startsWith(key))
            return line.mid(key.size()).simplified().split(' ').constFirst().toDouble() * 1024 / 1e6;
    return 0;
}

int entriesOf(const QString &directory)
{
    return static_cast<int>(QDir(directory).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System).size());
}

} // namespace

double ProcessMeter::cpuSeconds() const
{
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(m_process, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return 0;
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

double ProcessMeter::residentMb() const
{
    return megabytes(u"/proc/%1/status"_s.arg(m_process), "VmRSS:");
}

double ProcessMeter::proportionalMb() const
{
    return megabytes(u"/proc/%1/smaps_rollup"_s.arg(m_process), "Pss:");
}

int ProcessMeter::threads() const
{
    return entriesOf(u"/proc/%1/task"_s.arg(m_process));
}

int ProcessMeter::descriptors() const
{
    return entriesOf(u"/proc/%1/fd"_s.arg(m_process));
}

} // namespace Fairlead::Bench
