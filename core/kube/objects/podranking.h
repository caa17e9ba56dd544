#pragma once

#include "core/kube/objects/objects.h"

/// Which of several pods is taken: kubectl's order (ActivePods in kubectl's util/podutils, reversed). No I/O.
namespace Fairlead::Kube {

/// Has a node; Running over Unknown over the rest; Ready; not being deleted, or deleted later; ready for longer; fewer
/// restarts of its worst container, then of its worst sidecar; older. Then by name, so that the order is total.
[[nodiscard]] bool isBetterPod(const PodInfo &a, const PodInfo &b);

/// Running and not about to go. Whether it is Ready is another question: kubectl forwards to unready pods, too.
[[nodiscard]] bool isForwardable(const PodInfo &pod);

} // namespace Fairlead::Kube
