#pragma once

#include "app/cli/argumentreader.h"
#include "core/kube/config/kubeconfig.h"

namespace Fairlead::App {

/// kubectl's flags that say which cluster to talk to and as whom; every command takes them.
[[nodiscard]] QList<ArgumentOption> connectionOptions();

/// What they said. A flag that was not given stays empty.
[[nodiscard]] Kube::ConnectionFlags connectionFlags(const ParsedArguments &arguments);

/// The names of the flags that were given and change what contexts mean (`--as`, `--token`, ...). Those that only
/// choose among what there is, `--kubeconfig`, `--context` and `--namespace`, are not among them.
[[nodiscard]] QStringList overridingFlags(const Kube::ConnectionFlags &flags);

} // namespace Fairlead::App
