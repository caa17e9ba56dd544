#pragma once

#include "core/kube/config/entrychoice.h"

namespace Fairlead::Kube {

/// Fills in who to be at the server that `config` already names: checks the user's fields as client-go does, reads
/// certificate, key and token files, and decides which of several credentials counts. Nothing but impersonation goes to
/// an http:// server.
void resolveUser(const UserEntry &user, ConnectionConfig &config, ConnectionSources &sources, Findings &findings);

} // namespace Fairlead::Kube
