#include "core/store/profiles/profileplan.h"

#include <algorithm>

namespace Fairlead::Store {

namespace {

PlannedForward planned(const SavedForward &saved, const Surroundings &here)
{
    const ContextMatch match = matchContext(saved, here.contexts);
    PlannedForward plan{saved.spec, 0, match.isFound(), saved.running, remarkOn(match, saved)};
    if (plan.found) {
        plan.spec.context = match.context.isEmpty() ? here.currentContext : match.context;
        plan.spec.kubeconfig = match.kubeconfig;
        if (plan.spec.namespaceName.isEmpty())
            plan.spec.namespaceName = presetNamespace(plan.spec.context, here.contexts);
    }
    const auto there =
        std::find_if(here.forwards.begin(), here.forwards.end(), [&](const Surroundings::Present &present) {
            Forward::ForwardSpec spec = plan.spec;
            if (spec.namespaceName.isEmpty()) // nobody knows what it was in a context that is gone
                spec.namespaceName = present.spec.namespaceName;
            return leadAlike(present.spec, spec);
        });
    if (there != here.forwards.end())
        plan.there = there->id;
    return plan;
}

} // namespace

Surroundings surroundingsOf(const QList<Kube::ContextSummary> &contexts, const QString &current)
{
    Surroundings here{{}, current};
    for (const Kube::ContextSummary &context : contexts)
        here.contexts.append({context.name, context.server, context.namespaceName, context.addedFile});
    return here;
}

bool leadAlike(const Forward::ForwardSpec &a, const Forward::ForwardSpec &b)
{
    return a.contextRef() == b.contextRef() && a.namespaceName == b.namespaceName && a.target == b.target
        && a.ports == b.ports && a.addresses == b.addresses;
}

QList<PlannedForward> planFor(const Profile &profile, const Surroundings &here)
{
    QList<PlannedForward> result;
    for (const SavedForward &saved : profile.forwards) {
        PlannedForward plan = planned(saved, here);
        const auto same = std::find_if(result.begin(), result.end(),
                                       [&](const PlannedForward &other) { return leadAlike(other.spec, plan.spec); });
        if (same == result.end())
            result << plan;
        else
            same->running = same->running || plan.running;
    }
    return result;
}

SavedForward savedForward(const Forward::ForwardSpec &spec, bool running, const QList<KnownContext> &contexts)
{
    SavedForward saved;
    saved.spec = spec;
    saved.running = running;
    const auto context = std::find_if(contexts.begin(), contexts.end(), [&](const KnownContext &known) {
        return known.name == spec.context && known.kubeconfig == spec.kubeconfig;
    });
    if (context != contexts.end())
        saved.server = context->server;
    return saved;
}

QString displayName(const Forward::ForwardSpec &spec)
{
    return spec.name.isEmpty() ? Kube::targetText(spec.target) : spec.name;
}

} // namespace Fairlead::Store
