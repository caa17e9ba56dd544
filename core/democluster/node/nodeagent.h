#pragma once

#include "core/democluster/builtin/builtinprogram.h"
#include "core/democluster/pace.h"
#include "core/democluster/state/objectstore.h"
#include "core/democluster/state/podlife.h"
#include "core/support/clock.h"

#include <QObject>

namespace Fairlead::Demo {

/// What the node does with its pods, as a kubelet does: starts their programs, restarts and ends them, and writes what
/// became of them into the store. Lives in the cluster's thread. Calls about a pod that is not there answer false.
class NodeAgent final : public QObject
{
    Q_OBJECT

public:
    NodeAgent(ObjectStore &store, BuiltinPrograms &programs, const Clock &clock, const Pace &pace);

    /// A pod that runs already; with a behaviour it changes by itself.
    void adopt(const BuiltinPod &pod);
    /// A new pod: Pending without a node, ContainerCreating, Running.
    void create(const Pod &pod);
    /// Terminating; gone after the grace period (less than 0: that of the pace). A second call may only shorten it.
    bool remove(const QString &nameSpace, const QString &name, int graceMs);
    bool restartContainer(const QString &nameSpace, const QString &name);
    bool setReady(const QString &nameSpace, const QString &name, bool ready);
    bool setNodeAnswers(const QString &nameSpace, const QString &name, bool answers);

signals:
    /// The programs of that pod's containers have ended, and with them every connection to its ports: a restart, or the
    /// end of the sandbox.
    void programsEnded(const QString &uid);

private:
    void startPrograms(const Pod &pod);
    void stopPrograms(const Pod &pod);
    void play(const Pod &pod, PodBehaviour behaviour);
    void finishRemoving(const QString &nameSpace, const QString &name, const QString &uid);

    ObjectStore &m_store;
    BuiltinPrograms &m_programs;
    const Clock &m_clock;
    Pace m_pace;
};

} // namespace Fairlead::Demo
