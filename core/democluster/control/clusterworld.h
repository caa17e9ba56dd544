#pragma once

#include "core/democluster/builtin/builtinprogram.h"
#include "core/democluster/control/clustereditor.h"
#include "core/democluster/control/controllers.h"
#include "core/democluster/control/fakepods.h"
#include "core/democluster/state/podsfile.h"

namespace Fairlead::Demo {

/// All that is in the cluster and acts by itself: objects, node and controllers. It goes on while the API server is
/// down. Lives in the cluster's thread.
class ClusterWorld final
{
public:
    ClusterWorld(const Clock &clock, const Pace &pace);

    /// The built-in world and what a pods file declares; what is declared takes the place of what is built in under its
    /// name, and pods of an owner that a file names too take the place of all its built-in ones.
    void fill(const Declared &declared, const FakeLoad &fakes = {});

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
    FakePods m_fakes;
};

} // namespace Fairlead::Demo
