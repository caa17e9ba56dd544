#pragma once

#include "core/forward/forwardspec.h"
#include "core/kube/follow/podwatch.h"

#include <QSet>

namespace Fairlead::Forward {

/// Which pods serve a forward now.
struct PodChoice {
    QList<Kube::PodInfo> pods; ///< best first; empty: the forward has to wait
    bool unreadyWouldDo = false; ///< nothing is ready, but there are pods that run
};

/// What choosePods() goes by, besides the pods themselves.
struct PodChoiceRule {
    Kube::TargetRef::Kind kind = Kube::TargetRef::Kind::Pod;
    PodPolicy policy = PodPolicy::FirstReady;
    bool acceptsUnready = false; ///< waited long enough for a ready one
    QSet<QString> excluded; ///< uids: the node does not know them any more, whatever the list says
    QStringList current; ///< uids of the pods that serve now
    QString preferredPod; ///< name of the one to begin with
};

/// A pod that was named itself serves while it runs, ready or not, as kubectl has it. Of a target that is followed,
/// ready pods serve: a program that is still starting would refuse what a moment's patience lets through. One that
/// serves already goes on doing so as long as the policy lets it, so that connections do not change pods for nothing.
[[nodiscard]] PodChoice choosePods(const Kube::TargetPods &known, const PodChoiceRule &rule);

/// Uids of pods in which nothing runs any more: they have ended, or were being deleted and are not there now. One that
/// is merely not listed any more may only have lost its labels.
[[nodiscard]] QSet<QString> endedPods(const Kube::TargetPods &before, const Kube::TargetPods &now,
                                      Kube::TargetRef::Kind kind);

/// Why choosePods() found nothing: a sentence, e.g. "deployment/api: 0 of 2 pods are ready."
[[nodiscard]] QString waitingText(const Kube::TargetPods &known, const Kube::TargetRef &target);

} // namespace Fairlead::Forward
