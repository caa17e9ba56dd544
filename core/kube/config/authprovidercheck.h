#pragma once

#include "core/kube/config/kubeconfigentries.h"

#include <optional>

namespace Fairlead::Kube {

/// Why a user's auth-provider cannot be used: removed from clients, unknown, or its settings are incomplete. nullopt:
/// it can be, or the user has none. client-go meets all of these when it builds the client.
[[nodiscard]] std::optional<ConfigProblem> authProviderProblem(const UserEntry &user);

} // namespace Fairlead::Kube
