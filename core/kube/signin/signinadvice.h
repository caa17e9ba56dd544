#pragma once

#include "core/kube/config/connectionconfig.h"

namespace Fairlead::Kube {

/// What to do after the server has answered 401 to a connection that has its credentials in the kubeconfig: one or two
/// translated sentences that tell who was asked for and how to sign in again. Empty: nothing is known. Holds no secret.
[[nodiscard]] QString signInAdvice(const ConnectionConfig &config, const QDateTime &now);

/// The command that signs in where `oc login` did it before; empty: it did not.
[[nodiscard]] QString signInCommand(const ConnectionConfig &config);

} // namespace Fairlead::Kube
