#pragma once

#include "core/democluster/api/router.h"
#include "core/democluster/control/clusterworld.h"
#include "core/democluster/democluster.h"
#include "core/democluster/node/filedescriptor.h"

#include <QSslConfiguration>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace Fairlead::Demo {

class HttpConnection;

/// The API server with the streaming side of its node: the listener and its connections. Identity and address are made
/// once; taking it down and bringing it up keeps them, and the world goes on meanwhile. Made, used and destroyed in the
/// cluster's thread.
class ClusterServer final : public QTcpServer
{
    Q_OBJECT

public:
    /// One client may not use up all descriptors of the program that the cluster is embedded in; enough for tests with
    /// some thousand connections.
    static constexpr int MaxConnections = 8192;

    ClusterServer(ClusterWorld &world, const Clock &clock);
    ~ClusterServer() override;

    /// Certificates, listener, kubeconfig. Gives the kubeconfig's path or a sentence.
    [[nodiscard]] Result<QString, QString> start(const Options &options, const QString &kubeconfigPath);
    [[nodiscard]] QString url() const;

    void takeDown();
    /// Listens at the port of the first time; the URL or a sentence. Nothing happens if it is up.
    [[nodiscard]] Result<QString, QString> bringUp();
    void setBlackHole(bool on);
    void setCarriers(Carriers carriers);
    int disturbUpgraded(Disturbance disturbance);
    [[nodiscard]] Traffic traffic() const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void serve(qintptr descriptor);
    void startSession(HttpConnection &connection, const UpgradePlan &plan, const QByteArray &bytesBehind);
    void endConnectionsTo(const QString &podUid);
    template <typename T>
    [[nodiscard]] QList<T *> children() const;

    ClusterWorld &m_world;
    const Clock &m_clock;
    UserDirectory m_users;
    std::unique_ptr<Router> m_router;
    QSslConfiguration m_tls;
    QHostAddress m_address;
    quint16 m_port = 0;
    bool m_oneSecondRule = true;
    bool m_blackHole = false;
    Traffic m_traffic;
    std::vector<FileDescriptor> m_held; ///< accepted while the network swallows everything
    QObject m_channels; ///< parent of connections to pods
    QObject m_connections; ///< parent of HttpConnections and NodeSessions; gone before what they refer to
};

} // namespace Fairlead::Demo
