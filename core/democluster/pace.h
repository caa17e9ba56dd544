#pragma once

namespace Fairlead::Demo {

/// How fast things change in the demo cluster, in milliseconds. The defaults suit somebody who watches; tests shorten
/// them. Zero means: in the next round of the event loop.
struct Pace {
    int startMs = 800; ///< a new pod of an owner: Pending without a node, and as long again ContainerCreating
    int graceMs = 1500; ///< a deleted pod is Terminating, and its programs still run
    int restartMs = 1000; ///< a container that was restarted on demand is down
    // the built-in pods slow-starter and restarter
    int createMs = 6 * 1000; ///< Pending, without a node
    int pullMs = 18 * 1000; ///< ContainerCreating
    int upMs = 75 * 1000; ///< between two restarts
    int errorMs = 3 * 1000; ///< shows Error
    int backOffMs = 12 * 1000; ///< shows CrashLoopBackOff
};

} // namespace Fairlead::Demo
