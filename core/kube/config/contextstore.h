#pragma once

#include "core/kube/config/kubeconfig.h"

#include <QObject>

#include <memory>

class QFileSystemWatcher;
class QTimer;

namespace Fairlead::Kube {

/// The kubeconfig of this run, kept current: reloads when a file behind it changes (also by rename) and says so.
/// Lives in the window's thread; loading is quick (files of a few KiB) and happens there.
class ContextStore final : public QObject
{
    Q_OBJECT

public:
    explicit ContextStore(ConnectionFlags flags, QObject *parent = nullptr);
    ~ContextStore() override;

    [[nodiscard]] const Kubeconfig &kubeconfig() const { return m_kubeconfig; }
    [[nodiscard]] QList<ContextSummary> contexts() const { return m_kubeconfig.contexts(); }
    /// The context that --context or current-context names; may be empty.
    [[nodiscard]] QString preferredContext() const;
    /// Reads the files behind it afresh, so that rotated certificates and tokens count.
    [[nodiscard]] Result<ConnectionConfig, QString> resolve(const QString &context) const;
    /// The same in full, for who explains it.
    [[nodiscard]] Resolution inspect(const QString &context) const;
    /// Reads another kubeconfig from now on (the demo cluster's, or one that the user opened).
    void useFile(const QString &path);

signals:
    void changed();

private:
    [[nodiscard]] ConnectionFlags flagsFor(const QString &context) const;
    void refresh();
    void reload();
    void watch(const QStringList &files);

    ConnectionFlags m_flags;
    Kubeconfig m_kubeconfig;
    QFileSystemWatcher *m_watcher;
    QTimer *m_settle;
};

} // namespace Fairlead::Kube
