#include "tests/bench/compare/conditions.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSysInfo>
#include <QThread>

#include <cstdlib>
#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

QString processorName()
{
    QFile file(u"/proc/cpuinfo"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines)
        if (line.startsWith("model name"_L1))
            return line.section(u':', 1).trimmed();
    return {};
}

/// The first line with a digit in it: stunnel says something else before.
QString versionLineOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished();
    const QStringList lines = QString::fromUtf8(process.readAll()).split(u'\n');
    return lines.value(lines.indexOf(QRegularExpression(u".*[0-9].*"_s))).trimmed();
}

QString versionOf(const ClientKind &kind)
{
    if (kind.name == "stunnel"_L1)
        return versionLineOf(kind.program, {u"-version"_s});
    if (kind.name == "haproxy"_L1)
        return versionLineOf(kind.program, {u"-v"_s});
    if (kind.name.startsWith("fairlead"_L1))
        return versionLineOf(kind.program, {u"--version"_s});
    return versionLineOf(kind.program, {u"version"_s, u"--client"_s});
}

} // namespace

QJsonObject conditions(const Bench &bench)
{
    double load[1]{};
    ::getloadavg(load, 1);
    QJsonObject object{{u"processor"_s, processorName()},
                       {u"cores"_s, QThread::idealThreadCount()},
                       {u"system"_s, QSysInfo::prettyProductName() + u", "_s + QSysInfo::kernelVersion()},
                       {u"load when it began"_s, load[0]},
                       {u"date"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                       {u"server"_s, bench.stage.name()},
                       {u"rounds"_s, bench.sizes.rounds},
                       {u"MB a transfer"_s, double(bench.sizes.bytes) / 1e6},
                       {u"Qt"_s, QString::fromLatin1(qVersion())},
                       {u"OpenSSL"_s, QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION))}};
    for (const ClientKind &kind : bench.clients)
        object[kind.name] = versionOf(kind);
    return object;
}

} // namespace Fairlead::Bench
