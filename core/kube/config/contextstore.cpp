#include "core/kube/config/contextstore.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QSet>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Fairlead::Kube {

namespace {

/// An editor's save or `oc login` touches a file several times in a row; reading in between would see half of it.
constexpr auto SettleTime = 200ms;

/// The nearest folder above `path` that exists: the place to hear of a missing one being made.
QString existingParent(const QString &path)
{
    QFileInfo parent(QFileInfo(path).path());
    while (!parent.isDir() && !parent.isRoot())
        parent.setFile(parent.path());
    return parent.filePath();
}

/// A chain of links as they are followed, for every one may be swapped (Kubernetes' own volumes swap "..data").
QStringList linkChain(const QString &path)
{
    constexpr int MaxLinks = 40; // the kernel's own limit
    QStringList chain{path};
    for (QFileInfo file(path); file.isSymLink() && chain.size() < MaxLinks; file.setFile(chain.last())) {
        const QString target = QDir::cleanPath(file.symLinkTarget());
        if (chain.contains(target))
            break;
        chain += target;
    }
    return chain;
}

/// Watching a file alone is not enough: a rename over it leaves the watch on the old one. Its folder hears of that, and
/// so does every folder that a link on the way points through.
QStringList watchedPaths(const QStringList &files)
{
    QSet<QString> paths;
    for (const QString &file : files) {
        QStringList chain = linkChain(file);
        if (const QString real = QFileInfo(file).canonicalFilePath(); !real.isEmpty())
            chain += real;
        for (const QString &link : std::as_const(chain)) {
            paths.insert(existingParent(link));
            if (QFileInfo(link).isFile())
                paths.insert(link);
        }
    }
    return {paths.cbegin(), paths.cend()};
}

} // namespace

ContextStore::ContextStore(ConnectionFlags flags, QObject *parent)
    : QObject(parent)
    , m_flags(std::move(flags))
    , m_watcher(new QFileSystemWatcher(this))
    , m_settle(new QTimer(this))
{
    m_settle->setSingleShot(true);
    m_settle->setInterval(SettleTime);
    connect(m_settle, &QTimer::timeout, this, &ContextStore::refresh);
    // Not started anew by every event: a folder that never rests would put the reading off for ever.
    const auto settle = [this] {
        if (!m_settle->isActive())
            m_settle->start();
    };
    connect(m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
    reload();
}

ContextStore::~ContextStore() = default;

QString ContextStore::preferredContext() const
{
    return m_flags.context.value_or(m_kubeconfig.currentContext());
}

Result<ConnectionConfig, QString> ContextStore::resolve(const QString &context) const
{
    return Kubeconfig::load(LoadOptions::fromSystem(m_flags)).resolve(flagsFor(context));
}

Resolution ContextStore::inspect(const QString &context) const
{
    return Kubeconfig::load(LoadOptions::fromSystem(m_flags)).inspect(flagsFor(context));
}

ConnectionFlags ContextStore::flagsFor(const QString &context) const
{
    ConnectionFlags flags = m_flags;
    if (!context.isEmpty())
        flags.context = context;
    return flags;
}

void ContextStore::useFile(const QString &path)
{
    m_flags.kubeconfig = path;
    m_flags.context.reset(); // was one of the other files'
    m_settle->stop();
    reload();
    emit changed();
}

void ContextStore::refresh()
{
    const Kubeconfig before = m_kubeconfig;
    reload();
    if (!m_kubeconfig.saysTheSameAs(before))
        emit changed();
}

void ContextStore::reload()
{
    const LoadOptions options = LoadOptions::fromSystem(m_flags);
    // Watch before reading: what changes in between is then read once too often rather than not at all.
    watch(Kubeconfig::candidateFiles(options));
    m_kubeconfig = Kubeconfig::load(options);
}

void ContextStore::watch(const QStringList &files)
{
    // All anew: after a rename over a file that someone has open, its watch stays with the file that is gone.
    const QStringList watched = m_watcher->files() + m_watcher->directories();
    if (!watched.isEmpty())
        m_watcher->removePaths(watched);
    const QStringList wanted = watchedPaths(files);
    if (!wanted.isEmpty())
        m_watcher->addPaths(wanted);
}

} // namespace Fairlead::Kube
