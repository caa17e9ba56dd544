#pragma once

#include "core/kube/api/retrydelay.h"

#include <memory>

namespace Fairlead::Net {
class ServerGate;
}

namespace Fairlead::Kube {

/// When lists and watches are asked for: periods, which tests shorten, and whose turn it is.
struct ListTiming {
    RetryDelay::Limits retry;
    /// A watch is asked to end by itself after this and up to twice as long. client-go takes 5 minutes; a shorter time
    /// bounds how long a connection that died silently goes unnoticed, and a watch resumed at a fresh version is cheap.
    int watchSeconds = 60;
    /// Silence beyond the watch's own end before the connection counts as dead.
    int graceMs = 30'000;
    /// Where watching is not allowed the list is read again this often.
    int pollMs = 30'000;
    /// Where a single object may be read but not watched, it is read again this often.
    int objectPollMs = 10'000;
    /// How often a wake-up from sleep is looked for.
    int wakeCheckMs = 5'000;
    /// Changes are told at most this often.
    int deliverMs = 250;
    /// Shared with all others that may ask the same server again; null: each does when its own wait is over.
    std::shared_ptr<Net::ServerGate> gate = {};
};

} // namespace Fairlead::Kube
