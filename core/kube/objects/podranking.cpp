#include "core/kube/objects/podranking.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

int phaseRank(const QString &phase)
{
    if (phase == "Running"_L1)
        return 2;
    return phase == "Unknown"_L1 ? 1 : 0;
}

/// Whether `a` is the earlier one; a time that is missing loses. Nothing when they are alike.
std::optional<bool> earlierWins(const QDateTime &a, const QDateTime &b)
{
    if (a.isValid() != b.isValid())
        return a.isValid();
    if (!a.isValid() || a == b)
        return std::nullopt;
    return a < b;
}

std::optional<bool> byDeletion(const PodInfo &a, const PodInfo &b)
{
    if (a.deleting != b.deleting)
        return !a.deleting;
    if (a.deleting && a.deletedAt != b.deletedAt)
        return a.deletedAt > b.deletedAt;
    return std::nullopt;
}

std::optional<bool> byRestarts(const PodInfo &a, const PodInfo &b)
{
    if (a.restarts != b.restarts)
        return a.restarts < b.restarts;
    if (a.sidecarRestarts != b.sidecarRestarts)
        return a.sidecarRestarts < b.sidecarRestarts;
    return std::nullopt;
}

} // namespace

bool isBetterPod(const PodInfo &a, const PodInfo &b)
{
    if (a.node.isEmpty() != b.node.isEmpty())
        return !a.node.isEmpty();
    if (phaseRank(a.phase) != phaseRank(b.phase))
        return phaseRank(a.phase) > phaseRank(b.phase);
    if (a.ready != b.ready)
        return a.ready;
    if (const auto better = byDeletion(a, b))
        return *better;
    if (a.ready) {
        if (const auto better = earlierWins(a.readySince, b.readySince))
            return *better;
    }
    if (const auto better = byRestarts(a, b))
        return *better;
    if (const auto better = earlierWins(a.created, b.created))
        return *better;
    return a.name < b.name;
}

bool isForwardable(const PodInfo &pod)
{
    return pod.phase == "Running"_L1 && !pod.deleting;
}

} // namespace Fairlead::Kube
