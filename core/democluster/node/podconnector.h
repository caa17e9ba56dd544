#pragma once

#include "core/democluster/node/podchannel.h"
#include "core/democluster/state/pod.h"
#include "core/support/result.h"

#include <functional>
#include <memory>

namespace Fairlead::Demo {

class BuiltinPrograms;

/// One way to reach the ports of a pod. Lives in the cluster's thread.
class PodConnector
{
public:
    /// The connection, or why there is none: the cause part of a runtime's error text.
    using Outcome = Result<std::unique_ptr<PodChannel>, QString>;
    using Done = std::function<void(Outcome)>;

    virtual ~PodConnector() = default;

    /// Connects to `port`. `done` is called once, never before this returns, and not at all when `context` is gone by
    /// then.
    virtual void connectTo(quint16 port, QObject *context, Done done) = 0;
    /// What the runtime puts before a cause: `failed to execute portforward in network namespace "...": ` or nothing.
    [[nodiscard]] virtual QString causePrefix() const { return {}; }
};

/// The connector for the way that the pod's definition names.
[[nodiscard]] std::unique_ptr<PodConnector> makeConnector(const Pod &pod, BuiltinPrograms &programs);

/// containerd's sentence when nobody answers on localhost inside a pod.
[[nodiscard]] QString nobodyListens(const Pod &pod, quint16 port, const QString &ipv4Cause, const QString &ipv6Cause);

} // namespace Fairlead::Demo
