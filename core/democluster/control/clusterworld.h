#pragma once

#include "core/democluster/builtin/builtinprogram.h"
#include "core/democluster/control/clustereditor.h"
#include "core/democluster/control/controllers.h"
#include "core/democluster/state/podsfile.h"

namespace Fairlead::Demo {

/// All that is in the cluster and acts by itself: objects, node and controllers. It goes on while the API server is
/// down. Lives in the cluster's thread.
class ClusterWorld final
{
public:
    ClusterWorld(const Clock &clock, const Pace &pace);

    /// The built-in world and what a pods file declares; a declared pod takes the place of a built-in one of its name.
    void fill(const QList<Pod> &declared);

    [[nodiscard]] const ObjectStore &store() const { return m_store; }
    [[nodiscard]] BuiltinPrograms &programs() { return m_programs; }
    [[nodiscard]] NodeAgent &agent() { return m_agent; }
    [[nodiscard]] ClusterEditor &editor() { return m_editor; }
    /// See DemoCluster::podsOf().
    [[nodiscard]] QStringList podsOf(const ApiObject &owner, bool readyOnly) const;

private:
    void addPods(const QList<Pod> &declared);
    void addOwners();

    const Clock &m_clock;
    ObjectStore m_store;
    BuiltinPrograms m_programs;
    NodeAgent m_agent;
    PodFactory m_factory;
    Controllers m_controllers;
    ClusterEditor m_editor;
};

} // namespace Fairlead::Demo
