#pragma once

#include "core/democluster/democluster.h"
#include "core/forward/forwardmanager.h"
#include "tests/bench/bytepeer.h"

#include <QTemporaryDir>

#include <memory>

namespace Fairlead::Bench {

/// The demo cluster with a pod `bytes` in the namespace `bench`, whose port 8000 is a BytePeer.
class TransferFixture final
{
public:
    /// Gives a sentence if the cluster cannot start.
    [[nodiscard]] QString start();

    [[nodiscard]] QString kubeconfig() const { return m_kubeconfig; }
    /// What the engine asks for a connection.
    [[nodiscard]] Forward::ConnectionSource connections() const;
    [[nodiscard]] static Forward::ForwardSpec forwardToPeer();

private:
    BytePeer m_peer;
    QTemporaryDir m_folder;
    Demo::DemoCluster m_cluster;
    QString m_kubeconfig;
};

} // namespace Fairlead::Bench
