#pragma once

#include "app/cli/argumentreader.h"
#include "core/forward/engineoptions.h"
#include "core/forward/forwardspec.h"
#include "core/net/transport.h"

namespace Fairlead::App {

/// The flags of `fairlead port-forward` but those that name a connection (connectionOptions()), with what each of them
/// takes. Values are checked while they are read.
[[nodiscard]] QList<ArgumentOption> portForwardOptions();

/// `-o json`: an object a line.
[[nodiscard]] bool wantsJsonLines(const ParsedArguments &parsed);
/// What a checked value stands for; nothing if the flag was not given.
[[nodiscard]] std::optional<Forward::PodPolicy> podPolicyOf(const ParsedArguments &parsed);
[[nodiscard]] std::optional<Net::TransportChoice> transportOf(const ParsedArguments &parsed);
[[nodiscard]] std::optional<Forward::Route> routeOf(const ParsedArguments &parsed);

} // namespace Fairlead::App
