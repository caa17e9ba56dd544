#pragma once

#include "core/support/result.h"

#include <QHostAddress>
#include <QString>

#include <memory>

namespace Fairlead::Demo {

struct Options {
    QHostAddress address = QHostAddress::LocalHost;
    quint16 port = 0; ///< 0: any free one
    QString podsFile; ///< --pods; empty: the built-in pods only
    QString kubeconfigOut; ///< where to write the kubeconfig; empty: a private file in a temporary folder
    bool oneSecondRule = true; ///< end a pair 1 s after either side ended, as containerd and CRI-O do
};

/// A small Kubernetes API server with a node side, on loopback, for demonstrations and tests: TLS with a CA of its own
/// made at start, namespaces, pods, watches, access reviews and port-forward. Runs on a thread of its own; start() and
/// stop() may be called from any one thread. Keys live in memory; only the kubeconfig (mode 0600) is written.
class DemoCluster final
{
public:
    DemoCluster();
    ~DemoCluster();
    DemoCluster(const DemoCluster &) = delete;
    DemoCluster &operator=(const DemoCluster &) = delete;

    /// Listens and writes the kubeconfig; gives its path, or a sentence why not.
    [[nodiscard]] Result<QString, QString> start(const Options &options);
    void stop();

    [[nodiscard]] QString kubeconfigPath() const;
    [[nodiscard]] QString serverUrl() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fairlead::Demo
