#pragma once

#include "core/kube/api/apiclient.h"
#include "tests/cluster/clustersettings.h"

#include <QJsonObject>

#include <memory>

/// Changes in the cluster that the checks need, made as the user of the kubeconfig. Blocks, with a running event loop.
class Workload
{
public:
    Workload(const Fairlead::Kube::ConnectionConfig &config, ClusterSettings settings);
    /// Takes away what make() made.
    ~Workload();

    /// A Deployment of two pods and a Service before it; the target and port to use are in settings() then. The error
    /// is a sentence.
    [[nodiscard]] QString make();
    /// Empty, or why not.
    [[nodiscard]] QString deletePod(const QString &name);
    [[nodiscard]] const ClusterSettings &settings() const { return m_settings; }

private:
    [[nodiscard]] QString send(const QByteArray &verb, const QStringList &path, const QJsonObject &body);

    Fairlead::Kube::ApiClient m_client;
    ClusterSettings m_settings;
    QString m_namespace;
    QString m_name; ///< of what was made; empty: nothing
};

/// What make() asks for; podPort is where the image's HTTP server listens.
[[nodiscard]] QJsonObject deploymentObject(const QString &name, const QString &image);
[[nodiscard]] QJsonObject serviceObject(const QString &name);
