#pragma once

#include <QList>

namespace Fairlead::Net {

/// What carries a SPDY session over the upgraded connection.
enum class Transport {
    Spdy, ///< the connection itself (`Upgrade: SPDY/3.1`)
    WebSocket ///< binary messages of a WebSocket (`SPDY/3.1+portforward.k8s.io`)
};

/// What the user wants. Auto: what is likely to work at a server first, then the other.
enum class TransportChoice { Auto, Spdy, WebSocket };

/// The transports to try, in order. `likely` is what counts for Auto.
[[nodiscard]] inline QList<Transport> transportOrder(TransportChoice choice, Transport likely)
{
    switch (choice) {
    case TransportChoice::Spdy:
        return {Transport::Spdy};
    case TransportChoice::WebSocket:
        return {Transport::WebSocket};
    case TransportChoice::Auto:
        break;
    }
    return {likely, likely == Transport::Spdy ? Transport::WebSocket : Transport::Spdy};
}

} // namespace Fairlead::Net
