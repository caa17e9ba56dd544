#pragma once

#include "core/democluster/api/apistatus.h"
#include "core/democluster/democluster.h"
#include "core/democluster/state/pod.h"

#include <optional>

namespace Fairlead::Demo {

/// Why a request for a port-forward upgrade is refused, in the words and with the codes of the part of a real cluster
/// (API server, kubelet, runtime) that would refuse it; nullopt: go ahead.
[[nodiscard]] std::optional<Response> refuseUpgrade(const Http::RequestHead &head, const Pod &pod, Carriers carriers);

/// What a node says to a WebSocket that it takes for its own, older protocol.
[[nodiscard]] Response refuseChannelProtocol();

} // namespace Fairlead::Demo
