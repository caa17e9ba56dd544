#pragma once

#include "core/kube/config/kubeconfig.h"

#include <QObject>

#include <memory>

class QFileSystemWatcher;
class QTimer;

namespace Fairlead::Kube {

/// The contexts of this run, kept current: reloads when a file behind them changes (also by rename) and says so.
///
/// There is the run's own kubeconfig (one file, or several merged by kubectl's rules) and any number of files that the
/// user added. Those stand beside it, each for itself: their entries do not merge with anybody's, and connection flags
/// of the command line (--server, --token) are not for them. Lives in the window's thread; loading is quick (files of a
/// few KiB) and happens there.
class ContextStore final : public QObject
{
    Q_OBJECT

public:
    explicit ContextStore(ConnectionFlags flags, QObject *parent = nullptr);
    ~ContextStore() override;

    /// The run's own.
    [[nodiscard]] const Kubeconfig &kubeconfig() const { return m_kubeconfig; }
    /// The run's own, then those of each added file.
    [[nodiscard]] const QList<ContextSummary> &contexts() const { return m_contexts; }
    /// Empty members if there is none.
    [[nodiscard]] ContextSummary summary(const ContextRef &context) const;
    /// The context that --context or current-context names; may be empty.
    [[nodiscard]] QString preferredContext() const;
    /// Reads the files behind it afresh, so that rotated certificates and tokens count. An empty name is the file's
    /// current context.
    [[nodiscard]] Result<ConnectionConfig, QString> resolve(const ContextRef &context) const;
    /// The same in full, for who explains it.
    [[nodiscard]] Resolution inspect(const ContextRef &context) const;
    /// Reads another kubeconfig in place of the run's own from now on (the demo cluster's).
    void useFile(const QString &path);

    /// Absolute paths. One that is part of the run's own kubeconfig is left out: its contexts are there already.
    void setAddedFiles(const QStringList &paths);
    [[nodiscard]] QStringList addedFiles() const;
    /// One sentence a broken or missing file, of all of them.
    [[nodiscard]] QStringList errors() const;
    [[nodiscard]] QStringList warnings() const;

signals:
    void changed();

private:
    struct Added {
        QString path;
        Kubeconfig content;
    };

    [[nodiscard]] ConnectionFlags flagsFor(const ContextRef &context) const;
    [[nodiscard]] bool isKnown(const ContextRef &context) const;
    void refresh();
    void reload();
    void watch(const QStringList &files);
    void watchNamed(const QStringList &files);

    ConnectionFlags m_flags;
    Kubeconfig m_kubeconfig;
    QStringList m_addedPaths; ///< as set
    QList<Added> m_added; ///< as read
    QList<ContextSummary> m_contexts;
    QFileSystemWatcher *m_watcher;
    QTimer *m_settle;
};

} // namespace Fairlead::Kube
