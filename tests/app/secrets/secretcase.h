#pragma once

#include "core/democluster/democluster.h"
#include "tests/app/secrets/markedsecrets.h"
#include "tests/core/kube/signin/scriptplugin.h"
#include "tests/support/fakeproxy.h"
#include "tests/support/httpserver.h"
#include "tests/support/testcertificates.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace Fairlead::Test {

/// Clusters, a sign-in provider, plugins and proxies that real credentials are used with, or refused. Every secret that
/// is put into a kubeconfig, a file or a plugin is marked. Servers live in this thread: its event loop must run.
class SecretStage
{
public:
    SecretStage();

    /// A kubeconfig, and what the program has to say about it: so that each case is known to have happened.
    struct Case {
        const char *name;
        std::function<void(SecretStage &)> prepare; ///< writes the kubeconfig
        const char *says; ///< in the output of port-forward
    };
    static const QList<Case> &cases();

    void prepare(const Case &wanted);
    [[nodiscard]] QString kubeconfig() const { return m_given.filePath(QStringLiteral("config")); }
    [[nodiscard]] const MarkedSecrets &secrets() const { return m_secrets; }
    /// What the plugin of this case was started with, as /proc tells; empty: none was.
    [[nodiscard]] QByteArray pluginSurroundings() const;
    /// Whether marked secrets have reached the servers and proxies of this case, so that there was something to leak.
    [[nodiscard]] bool secretsWereUsed() const;

private:
    void write(const QByteArray &cluster, const QByteArray &user);
    void refuseWith(int status, const QByteArray &user);
    void throughProxy(const QByteArray &url, const QByteArray &user);
    void withPlugin(const QByteArray &script, int status);
    void withProvider(int tokenStatus, const QByteArray &idToken);
    [[nodiscard]] QByteArray file(const QString &name, const QByteArray &content);
    [[nodiscard]] QByteArray clientCertificate();
    [[nodiscard]] QByteArray jwt(qint64 secondsLeft);
    [[nodiscard]] QByteArray apiCluster() const;
    void answer(const HttpRequest &request, HttpAnswerer out);
    void answerToken(HttpAnswerer out);

    MarkedSecrets m_secrets; ///< of this case and of the demo cluster
    MarkedSecrets m_demoSecrets;
    QTemporaryDir m_given; ///< what the user has: nothing of it may get out of here
    Identity m_authority;
    HttpServer m_api;
    HttpServer m_provider;
    Demo::DemoCluster m_demo;
    QByteArray m_demoKubeconfig;
    std::unique_ptr<FakeProxy> m_proxy;
    std::unique_ptr<ScriptPlugin> m_plugin;
    int m_status = 401;
    int m_tokenStatus = 200;
    QByteArray m_refreshToken;
    QByteArrayList m_seen; ///< credentials, as they came
};

} // namespace Fairlead::Test
