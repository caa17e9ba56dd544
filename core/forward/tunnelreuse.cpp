#include "core/forward/tunnelreuse.h"

namespace Fairlead::Forward {

UploadEnd judgeUpload(const UploadFacts &facts)
{
    if (!facts.accepted) // streams that nobody accepted may be stuck themselves
        return UploadEnd::Cut;
    if (facts.uploaded == 0)
        return UploadEnd::Taken;
    const bool absorbed = facts.uploaded <= AbsorbedBytes && (facts.received > 0 || facts.orderly);
    if (absorbed)
        return UploadEnd::Taken;
    return facts.orderly ? UploadEnd::Doubtful : UploadEnd::Cut;
}

bool mayStepAside(const UploadFacts &facts, bool finSent, bool unsent)
{
    return finSent && !unsent && facts.accepted && facts.received > 0 && facts.uploaded <= AbsorbedBytes;
}

ReuseDecision decideReuse(const ReuseFacts &facts)
{
    using enum ReuseVerdict;
    if (!facts.usable)
        return {Close, ReuseReason::NotUsable};
    if (facts.podGone)
        return {Close, ReuseReason::PodGone};
    if (facts.uploadCut)
        return {Close, ReuseReason::UploadCut};
    if (facts.served >= facts.mostServed)
        return {Close, ReuseReason::ServedEnough};
    const bool late = facts.endsAwaitedMs >= SettleMs;
    if (facts.readingHeld)
        return {late ? Close : Wait, ReuseReason::ReadingHeld};
    if (facts.unsent)
        return {late ? Close : Wait, ReuseReason::Unsent};
    if (late)
        return {Close, ReuseReason::EndsMissing};
    if (facts.endsToCome || facts.aside >= MostAside)
        return {Wait, ReuseReason::EndsToCome};
    return {Reuse, ReuseReason::Finished};
}

} // namespace Fairlead::Forward
