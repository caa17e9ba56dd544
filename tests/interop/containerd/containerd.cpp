#include "containerd.h"

#include "podimage.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QThread>

using namespace Qt::StringLiterals;

namespace {

constexpr auto base = "/run/fairlead";
constexpr auto socketPath = "/run/fairlead/containerd.sock";
constexpr auto logPath = "/run/fairlead/containerd.log";
constexpr auto imageName = "fairlead.test/podserver:1";
constexpr auto pluginDirectory = "/usr/lib/cni";

// The snapshotters left out need devices or kernel modules; AppArmor and lowered OOM scores are not for guests.
constexpr auto configuration = R"(version = 2
root = "/run/fairlead/root"
state = "/run/fairlead/state"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
    "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = "/run/fairlead/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "/run/fairlead/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "fairlead.test/podserver:1"
  stream_server_address = "127.0.0.1"
  stream_server_port = "0"
  disable_apparmor = true
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/run/fairlead/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "native"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
)";

// Pods get a network namespace each, as on a node: a pair of interfaces into the test's own, not into the host's.
constexpr auto network = R"({"cniVersion": "0.4.0", "name": "fairlead", "plugins": [{"type": "ptp", "ipam":
    {"type": "host-local", "dataDir": "/run/fairlead/ipam", "ranges": [[{"subnet": "10.88.0.0/24"}]]}}]}
)";

bool writeFile(const QString &path, const char *content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) > 0;
}

} // namespace

QString Containerd::missingPart()
{
    for (const auto &program : {u"containerd"_s, u"runc"_s, u"ctr"_s, u"curl"_s, u"tar"_s, u"ip"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return program + u" is not installed"_s;
    }
    for (const auto &plugin : {u"ptp"_s, u"loopback"_s, u"host-local"_s}) {
        const QString path = QDir(QLatin1String(pluginDirectory)).filePath(plugin);
        if (!QFile::exists(path))
            return path + u" is not installed (containernetworking-plugins)"_s;
    }
    return {};
}

Containerd::~Containerd()
{
    m_process.terminate();
    if (!m_process.waitForFinished(10'000))
        m_process.kill();
}

QString Containerd::start(const QString &podserver)
{
    const QDir dir(QString::fromLatin1(base));
    if (!dir.mkpath(u"cni"_s) || !writeFile(dir.filePath(u"config.toml"_s), configuration)
        || !writeFile(dir.filePath(u"cni/10-fairlead.conflist"_s), network))
        return u"cannot write below "_s + dir.path();
    m_process.setStandardErrorFile(QString::fromLatin1(logPath));
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(u"containerd"_s, {u"--config"_s, dir.filePath(u"config.toml"_s)});
    if (!waitUntilItAnswers())
        return u"containerd does not start:\n"_s + logTail();
    return importImage(podserver);
}

bool Containerd::waitUntilItAnswers()
{
    const QDeadlineTimer deadline(20'000);
    while (!deadline.hasExpired() && m_process.state() != QProcess::NotRunning) {
        QProcess version;
        version.start(u"ctr"_s, {u"--address"_s, QString::fromLatin1(socketPath), u"version"_s});
        if (version.waitForFinished(5000) && version.exitCode() == 0)
            return true;
        QThread::msleep(50);
    }
    return false;
}

QString Containerd::importImage(const QString &podserver)
{
    if (const QString error = PodImage::write(QString::fromLatin1(base), QLatin1String(imageName), podserver);
        !error.isEmpty())
        return error;
    QProcess import;
    import.start(u"ctr"_s,
                 {u"--address"_s, QString::fromLatin1(socketPath), u"--namespace"_s, u"k8s.io"_s, u"images"_s,
                  u"import"_s, QString::fromLatin1(base) + u"/image.tar"_s});
    if (!import.waitForFinished() || import.exitCode() != 0)
        return u"ctr images import: "_s + QString::fromLocal8Bit(import.readAllStandardError());
    return {};
}

QString Containerd::logTail() const
{
    QFile log(QString::fromLatin1(logPath));
    if (!log.open(QIODevice::ReadOnly))
        return u"(no log)"_s;
    constexpr qint64 enough = 4000;
    log.seek(qMax<qint64>(0, log.size() - enough));
    return QString::fromUtf8(log.readAll());
}
