#include "core/kube/config/contextstore.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

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

ContextSummary ContextStore::summary(const ContextRef &context) const
{
    const auto found = std::ranges::find_if(m_contexts, [&](const auto &summary) { return summary.ref() == context; });
    return found == m_contexts.cend() ? ContextSummary() : *found;
}

Result<ConnectionConfig, QString> ContextStore::resolve(const ContextRef &context) const
{
    const Resolution resolution = inspect(context);
    if (!resolution.error.isEmpty())
        return Failure{resolution.error};
    return resolution.config;
}

Resolution ContextStore::inspect(const ContextRef &context) const
{
    if (!isKnown(context)) {
        Resolution resolution;
        resolution.config.context = context.name;
        resolution.error = tr("The kubeconfig %1 has been removed from Fairlead. Add it again to use its contexts.",
                              "%1 path of a file")
                               .arg(context.kubeconfig);
        return resolution;
    }
    const ConnectionFlags flags = flagsFor(context);
    return Kubeconfig::load(LoadOptions::fromSystem(flags)).inspect(flags);
}

bool ContextStore::isKnown(const ContextRef &context) const
{
    return context.kubeconfig.isEmpty() || m_addedPaths.contains(context.kubeconfig);
}

ConnectionFlags ContextStore::flagsFor(const ContextRef &context) const
{
    ConnectionFlags flags;
    if (context.kubeconfig.isEmpty())
        flags = m_flags;
    else
        flags.kubeconfig = context.kubeconfig; // a token or server of the command line is for the run's own cluster
    if (!context.name.isEmpty())
        flags.context = context.name;
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

void ContextStore::setAddedFiles(const QStringList &paths)
{
    if (paths == m_addedPaths)
        return;
    m_addedPaths = paths;
    reload();
    emit changed();
}

QStringList ContextStore::addedFiles() const
{
    QStringList paths;
    for (const Added &added : m_added)
        paths += added.path;
    return paths;
}

QStringList ContextStore::errors() const
{
    QStringList errors = m_kubeconfig.errors();
    for (const Added &added : m_added) {
        if (QFileInfo::exists(added.path))
            errors += added.content.errors();
        else
            errors += tr("%1 was added, but is not there any more.", "%1 path of a kubeconfig file").arg(added.path);
    }
    return errors;
}

QStringList ContextStore::warnings() const
{
    QStringList warnings = m_kubeconfig.warnings();
    for (const Added &added : m_added)
        warnings += added.content.warnings();
    return warnings;
}

void ContextStore::refresh()
{
    const Kubeconfig before = m_kubeconfig;
    const QList<Added> addedBefore = m_added;
    const QList<ContextSummary> contextsBefore = m_contexts; // files that entries name come and go
    reload();
    const bool same = m_kubeconfig.saysTheSameAs(before)
        && std::ranges::equal(m_added, addedBefore,
                              [](const Added &a, const Added &b) { return a.content.saysTheSameAs(b.content); })
        && m_contexts == contextsBefore;
    if (!same)
        emit changed();
}

void ContextStore::reload()
{
    const LoadOptions options = LoadOptions::fromSystem(m_flags);
    const QStringList own = Kubeconfig::candidateFiles(options);
    QStringList added = m_addedPaths;
    added.removeIf([&own](const QString &path) { return own.contains(path); });
    // Watch before reading: what changes in between is then read once too often rather than not at all.
    watch(own + added);
    m_kubeconfig = Kubeconfig::load(options);
    m_contexts = m_kubeconfig.contexts();
    m_added.clear();
    QStringList named = m_kubeconfig.namedFiles();
    for (const QString &path : std::as_const(added)) {
        const Kubeconfig content = Kubeconfig::load(LoadOptions::fromSystem(flagsFor({{}, path})));
        for (ContextSummary summary : content.contexts()) {
            summary.addedFile = path;
            m_contexts.append(summary);
        }
        named += content.namedFiles();
        m_added.append({path, content});
    }
    watchNamed(named);
}

/// Whether they are there is part of the contexts' problems. Only their folders, where those exist: what is inside is
/// read at every connection anyway.
void ContextStore::watchNamed(const QStringList &files)
{
    QSet<QString> folders;
    for (const QString &file : files) {
        if (const QString folder = QFileInfo(file).path(); QFileInfo(folder).isDir())
            folders.insert(folder);
    }
    const QStringList watched = m_watcher->directories();
    folders.subtract({watched.cbegin(), watched.cend()});
    if (!folders.isEmpty())
        m_watcher->addPaths({folders.cbegin(), folders.cend()});
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
