#pragma once

#include "app/cli/argumentreader.h"
#include "core/forward/engineoptions.h"
#include "core/forward/forwardspec.h"
#include "core/kube/config/kubeconfig.h"
#include "core/support/result.h"

#include <chrono>
#include <optional>

namespace Fairlead::App {

/// What `fairlead port-forward` was asked for.
struct PortForwardArguments {
    Kube::ConnectionFlags connection;
    /// Context and namespace are still empty unless a flag named them.
    Forward::ForwardSpec spec;
    /// Given only when the flag was: then a pod that is not running yet is waited for. Of what leads to several pods
    /// one is always waited for, for a minute unless told, as kubectl does.
    std::optional<std::chrono::milliseconds> podRunningTimeout;
    /// End as kubectl does with the first thing that goes wrong, instead of mending it.
    bool exitOnLoss = false;
    /// What carries the forward, by which way, and how long it holds connections; all else as the engine has it.
    Forward::EngineOptions engine;
    bool json = false;
    bool help = false;
};

/// Reads `[flags] POD|TYPE/NAME [LOCAL:]REMOTE...` or `[flags] -l SELECTOR [LOCAL:]REMOTE...`. The error is everything
/// that belongs on standard error, in kubectl's words, newline included.
[[nodiscard]] Result<PortForwardArguments, QString> readPortForwardArguments(const QStringList &arguments);

/// What --help prints, translated.
[[nodiscard]] QString portForwardHelp();

/// Its flags.
[[nodiscard]] ArgumentReader portForwardReader();

} // namespace Fairlead::App
