#pragma once

#include "core/democluster/api/router.h"
#include "core/democluster/builtin/builtinprogram.h"
#include "core/democluster/democluster.h"
#include "core/democluster/node/nodesession.h"
#include "core/democluster/state/podlife.h"

#include <QSslConfiguration>
#include <QTcpServer>

#include <memory>

namespace Fairlead::Demo {

class HttpConnection;

/// Everything of a demo cluster that has an event loop: the listener, its connections, the pods. Made, used and
/// destroyed in the cluster's thread.
class ClusterServer final : public QTcpServer
{
    Q_OBJECT

public:
    /// One client may not use up all descriptors of the program that the cluster is embedded in.
    static constexpr int MaxConnections = 2048;

    explicit ClusterServer(const Clock &clock, const LifePace &pace = {});
    ~ClusterServer() override;

    /// Certificates, pods, listener, kubeconfig. Gives the kubeconfig's path or a sentence.
    [[nodiscard]] Result<QString, QString> start(const Options &options, const QString &kubeconfigPath);
    [[nodiscard]] QString url() const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    [[nodiscard]] Result<QList<Pod>, QString> declaredPods(const Options &options) const;
    void fillStore(const QList<Pod> &declared);
    void startSession(HttpConnection &connection, const UpgradePlan &plan, const QByteArray &bytesBehind);

    const Clock &m_clock;
    LifePace m_pace;
    ObjectStore m_store;
    UserDirectory m_users;
    BuiltinPrograms m_programs;
    std::unique_ptr<Router> m_router;
    QSslConfiguration m_tls;
    bool m_oneSecondRule = true;
    QObject m_sessions; ///< parent of connections and sessions; gone before what they refer to
};

} // namespace Fairlead::Demo
