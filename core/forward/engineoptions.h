#pragma once

#include "core/net/transport.h"

namespace Fairlead::Forward {

/// The way of the upgrade request to the pod.
enum class Route {
    PodSubresource, ///< .../pods/POD/portforward
    /// /api/v1/nodes/NODE/proxy/portForward/NS/POD: the node itself, through the API server's proxy. For those who may
    /// use nothing else (nodes/proxy). SPDY unless told: nodes have no WebSocket tunnel before Kubernetes 1.36.
    NodeProxy
};

/// Times and bounds of the engine, milliseconds. The defaults are what users get.
struct EngineOptions {
    Net::TransportChoice transport = Net::TransportChoice::Auto;
    Route route = Route::PodSubresource;
    int pingIntervalMs = 5'000; ///< of silence, before a tunnel is pinged
    int pingDeadlineMs = 14'000; ///< of silence, after which a tunnel counts as lost; with the tick that looks, 15 s
    int connectTimeoutMs = 30'000; ///< for TCP, TLS and the upgrade together
    int halfCloseQuietMs = 10'000; ///< hold a program's end of input until the pod is quiet for this long
    int replyTimeoutMs = 30'000; ///< for the node to accept a connection's streams
    int waitForTunnelMs = 30'000; ///< how long a new local connection waits for a tunnel
    int maxWaiting = 64; ///< connections that wait while no tunnel can be had; more are reset
    int maxTunnels = 64; ///< upgraded connections of one forward; more connections than that share them
    int spareTunnels = 1; ///< ready besides those in use
    int shrinkAfterMs = 60'000; ///< a tunnel that was not needed for this long is closed
    int maxPairsPerTunnel = 4; ///< connections on a tunnel that is shared
    int maxConnectionsPerTunnel = 1'000; ///< one after another; then it is replaced
    /// Tunnels being set up for one forward. As many as there may be: one wave more is three round trips more for who
    /// waits for it, and what a server gets is bounded for all forwards by their ServerGate.
    int connectingAtOnce = 64;
    int firstRetryMs = 500; ///< waits between attempts grow from this
    int maxRetryMs = 30'000; ///< to this
    int unreadyAfterMs = 10'000; ///< after this, a pod that runs but is not ready has to do
    int filesCheckMs = 5'000; ///< how often kubeconfig and certificate files are looked at for changes
    int healthyAfterMs = 60'000; ///< a forward that ran this long starts at firstRetryMs again
};

} // namespace Fairlead::Forward
