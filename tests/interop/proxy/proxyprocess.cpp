#include "proxyprocess.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 60'000;
/// The password in Apache's MD5 form: openssl passwd -apr1 -salt abcdefgh 'p@ss:w/rd#1'
constexpr const char *PasswordLine = "joe:$apr1$abcdefgh$GAgUX1u0lKeERPEYIIi1I/\n";

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// Debian has squid and its helpers where a user's PATH does not look.
QString programAt(const QString &name, const QStringList &folders)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStandardPaths::findExecutable(name, folders) : found;
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    // squid that was started by root works as a user of its own
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther | QFile::ReadGroup);
}

} // namespace

ProxyProcess::~ProxyProcess()
{
    stop();
}

QString ProxyProcess::startSquid()
{
    const QString program = programAt(u"squid"_s, {u"/usr/sbin"_s});
    if (program.isEmpty() || !QFileInfo::exists(u"/usr/lib/squid/basic_ncsa_auth"_s))
        return u"there is no squid; packaging/install-dependencies interop brings it"_s;
    m_port = freePort();
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7777));
    write(m_folder.filePath(u"passwords"_s), PasswordLine);
    write(m_folder.filePath(u"hosts"_s), "127.0.0.1 api.behind.proxy\n");
    write(m_folder.filePath(u"squid.conf"_s), squidConfiguration());
    return start(program, {u"-N"_s, u"-f"_s, m_folder.filePath(u"squid.conf"_s)});
}

QByteArray ProxyProcess::squidConfiguration() const
{
    const QByteArray folder = m_folder.path().toUtf8();
    return "http_port 127.0.0.1:" + QByteArray::number(m_port)
        + "\nvisible_hostname proxy.test\npid_filename none\n"
          "cache deny all\ncache_mem 1 MB\nshutdown_lifetime 0 seconds\ndns_nameservers 127.0.0.1\n"
          "dns_timeout 1 seconds\nicp_port 0\npinger_enable off\nmax_filedescriptors 1024\n"
          "hosts_file "
        + folder + "/hosts\ncache_log " + folder + "/cache.log\ncoredump_dir " + folder + "\naccess_log stdio:" + folder
        + "/access.log\nbuffered_logs off\n"
          "auth_param basic program /usr/lib/squid/basic_ncsa_auth "
        + folder
        + "/passwords\n"
          "auth_param basic children 1 startup=1\nauth_param basic realm test\n"
          "acl blocked dstdomain blocked.example\nacl signed proxy_auth REQUIRED\n"
          "http_access deny !signed\nhttp_access deny blocked\nhttp_access allow signed\nhttp_access deny all\n";
}

QString ProxyProcess::startMicrosocks()
{
    const QString program = programAt(u"microsocks"_s, {});
    if (program.isEmpty())
        return u"there is no microsocks; packaging/install-dependencies interop brings it"_s;
    m_port = freePort();
    return start(program,
                 {u"-i"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(m_port), u"-u"_s, u"joe"_s, u"-P"_s,
                  QString::fromLatin1(Password)});
}

QString ProxyProcess::startGateway(quint16 server, const QByteArray &token, const QByteArray &rules)
{
    const QString program = programAt(u"haproxy"_s, {u"/usr/sbin"_s});
    if (program.isEmpty())
        return u"there is no haproxy; packaging/install-dependencies interop brings it"_s;
    m_port = freePort();
    write(m_folder.filePath(u"haproxy.cfg"_s),
          "defaults\n  mode http\n  timeout connect 10s\n  timeout client 60s\n  timeout server 60s\n"
          "  timeout tunnel 1h\nfrontend gateway\n  bind 127.0.0.1:"
              + QByteArray::number(m_port) + "\n  http-request set-header authorization \"Bearer " + token + "\"\n"
              + rules + "  default_backend api\nbackend api\n  server api 127.0.0.1:" + QByteArray::number(server)
              + " ssl verify none\n");
    return start(program, {u"-db"_s, u"-f"_s, m_folder.filePath(u"haproxy.cfg"_s)});
}

QString ProxyProcess::start(const QString &program, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(program, arguments);
    const QDeadlineTimer deadline(PatienceMs);
    for (;;) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress::LocalHost, m_port);
        if (probe.waitForConnected(1'000))
            return {};
        if (m_process.waitForFinished(50) || m_process.state() == QProcess::NotRunning || deadline.hasExpired())
            return program + u" did not start: "_s + QString::fromUtf8(log());
    }
}

QByteArray ProxyProcess::log()
{
    m_log += m_process.readAll();
    QByteArray all = m_log;
    for (const QString &name : {u"access.log"_s, u"cache.log"_s}) {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

void ProxyProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(10'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}
