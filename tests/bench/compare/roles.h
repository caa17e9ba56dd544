#pragma once

#include <QStringList>

namespace Fairlead::Bench {

/// This program run again as one of the servers or clients beside the benchmark, so that each is a process of its own.
/// Every role prints what it is reached at as one line and runs until it is ended.
namespace Roles {

/// `peer CERTIFICATE KEY`: prints "ports COMMAND GREETER TLS-COMMAND TLS-GREETER".
/// `delay MILLISECONDS PORT...`: prints "ports PORT..." that lead to these with a round trip of so much.
/// `containerd`: see containerdstage.h.
/// `engine KUBECONFIG NAMESPACE PORT FORWARDS DESCRIPTORS`: one ForwardManager with forwards to pods p0, p1...; prints
/// "port N" for each and "log TEXT" for what they log. DESCRIPTORS is its RLIMIT_NOFILE; 0: as it is.
/// The exit status; 2 when `arguments` name no role.
[[nodiscard]] int run(int argc, char **argv, const QStringList &arguments);

} // namespace Roles
} // namespace Fairlead::Bench
