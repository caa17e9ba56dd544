#pragma once

#include "core/democluster/api/apistatus.h"
#include "core/democluster/node/nodeagent.h"
#include "core/democluster/state/objectstore.h"
#include "core/support/result.h"

namespace Fairlead::Demo {

/// What users change, through the API or in tests, with the rules of an API server: who they are and what they are
/// called cannot change, status belongs to the controllers, the generation counts changes of the spec. Errors are the
/// server's answers. Lives in the cluster's thread.
class ClusterEditor final
{
public:
    using Outcome = Result<ApiObject, ApiStatus>;

    ClusterEditor(ObjectStore &store, NodeAgent &agent, const Clock &clock);

    /// False: there is no such pod. A grace period below 0 is the usual one.
    bool deletePod(const QString &nameSpace, const QString &name, int graceMs);
    /// What it owns goes with it.
    bool deleteObject(const ResourceType &type, const QString &nameSpace, const QString &name);

    /// PUT. A body that names another resourceVersion than the present one is a conflict.
    [[nodiscard]] Outcome replace(const ApiObject &current, const QJsonObject &body);
    [[nodiscard]] Outcome scale(const ApiObject &current, int replicas);
    /// As `kubectl rollout restart`: an annotation of the pod template says when. Only for what has a pod template.
    [[nodiscard]] Outcome restart(const ApiObject &current);

private:
    [[nodiscard]] static std::optional<ApiStatus> check(const ApiObject &current, const QJsonObject &body);

    ObjectStore &m_store;
    NodeAgent &m_agent;
    const Clock &m_clock;
};

} // namespace Fairlead::Demo
