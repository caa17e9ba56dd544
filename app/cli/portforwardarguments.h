#pragma once

#include "core/forward/forwardspec.h"
#include "core/kube/kubeconfig.h"
#include "core/support/result.h"

#include <chrono>
#include <optional>

namespace Fairlead::App {

/// What `fairlead port-forward` was asked for.
struct PortForwardArguments {
    Kube::ConnectionFlags connection;
    /// Context and namespace are still empty unless a flag named them.
    Forward::ForwardSpec spec;
    /// Given only when the flag was: then a pod that is not running yet is waited for.
    std::optional<std::chrono::milliseconds> podRunningTimeout;
    bool json = false;
    bool help = false;
};

/// Reads `[flags] POD|TYPE/NAME [LOCAL:]REMOTE...`. The error is everything that belongs on standard error, in
/// kubectl's words, newline included.
[[nodiscard]] Result<PortForwardArguments, QString> readPortForwardArguments(const QStringList &arguments);

/// What --help prints, translated.
[[nodiscard]] QString portForwardHelp();

} // namespace Fairlead::App
