#include "tests/cluster/clustersettings.h"

#include "core/kube/config/kubeconfig.h"

using namespace Fairlead;
using namespace Qt::StringLiterals;

ClusterSettings ClusterSettings::fromEnvironment()
{
    const auto said = [](const char *name, const QString &otherwise = {}) {
        const QString value = qEnvironmentVariable(name);
        return value.isEmpty() ? otherwise : value;
    };
    ClusterSettings result;
    result.kubeconfig = said("FAIRLEAD_E2E_KUBECONFIG");
    result.context = said("FAIRLEAD_E2E_CONTEXT");
    result.namespaceName = said("FAIRLEAD_E2E_NAMESPACE");
    result.target = said("FAIRLEAD_E2E_TARGET");
    result.port = said("FAIRLEAD_E2E_PORT", result.makesPods() ? u"http"_s : u"80"_s);
    result.path = said("FAIRLEAD_E2E_PATH", u"/"_s);
    result.image = said("FAIRLEAD_E2E_IMAGE", u"registry.k8s.io/e2e-test-images/agnhost:2.47"_s);
    result.flags = said("FAIRLEAD_E2E_FLAGS").split(u' ', Qt::SkipEmptyParts);
    result.mayDeletePods = said("FAIRLEAD_E2E_DELETE_PODS") == "1"_L1;
    return result;
}

Result<Kube::ConnectionConfig, QString> ClusterSettings::connection() const
{
    Kube::ConnectionFlags asked;
    asked.kubeconfig = kubeconfig;
    if (!context.isEmpty())
        asked.context = context;
    if (!namespaceName.isEmpty())
        asked.namespaceName = namespaceName;
    return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(asked)).resolve(asked);
}
