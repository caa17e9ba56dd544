#pragma once

#include "core/kube/config/kubeconfig.h"
#include "core/store/profiles/contextmatch.h"
#include "core/store/profiles/profile.h"

namespace Fairlead::Store {

/// What a profile meets here.
struct Surroundings {
    QList<KnownContext> contexts;
    QString currentContext; ///< that a forward without one means
    /// Forwards that are there already.
    struct Present {
        Forward::ForwardId id = 0;
        Forward::ForwardSpec spec;
    };
    QList<Present> forwards = {};
};

/// Without forwards; `current` is the name of the context that counts where none is said.
[[nodiscard]] Surroundings surroundingsOf(const QList<Kube::ContextSummary> &contexts, const QString &current);

/// A saved forward as it would be here.
struct PlannedForward {
    Forward::ForwardSpec spec; ///< with the context and the namespace that count here
    Forward::ForwardId there = 0; ///< the forward that is there already and leads to the same; 0: it has to be added
    bool found = true; ///< its context is here; otherwise the spec is as saved, to be seen, not to be run
    bool running = true; ///< it ran when the profile was saved
    QString remark; ///< what there is to say about its context, a sentence; empty if nothing

    /// It is among those to start.
    [[nodiscard]] bool isToStart() const { return found && running; }
};

/// Two forwards are the same if they lead from the same place to the same place; what they are called, and which of
/// several pods they prefer, does not matter.
[[nodiscard]] bool leadAlike(const Forward::ForwardSpec &a, const Forward::ForwardSpec &b);

/// What bringing the profile in means, before anything is done: a forward for each of its own, in order. Of those that
/// lead alike in the profile itself the first stands for all.
[[nodiscard]] QList<PlannedForward> planFor(const Profile &profile, const Surroundings &here);

/// The other way round: a forward that is here as a profile keeps it, with what finds its context again elsewhere.
[[nodiscard]] SavedForward savedForward(const Forward::ForwardSpec &spec, bool running,
                                        const QList<KnownContext> &contexts);

/// How a forward is called where there are several: its name, else its target.
[[nodiscard]] QString displayName(const Forward::ForwardSpec &spec);

} // namespace Fairlead::Store
