#include "ui/forwards/describe.h"
#include "ui/forwards/forwardsmodel.h"

#include <algorithm>

namespace Fairlead::Ui {

using Forward::ForwardSnapshot;

namespace {

bool isFlat(const QList<double> &history)
{
    return std::all_of(history.cbegin(), history.cend(), [](double rate) { return rate < 1; });
}

/// An all-zero history grows by a zero each second and never looks different.
bool sameHistory(const QList<double> &a, const QList<double> &b)
{
    return a == b || (isFlat(a) && isFlat(b));
}

} // namespace

ForwardsModel::Columns changedColumns(const ForwardSnapshot &before, const ForwardSnapshot &after)
{
    ForwardsModel::Columns changed;
    // The state tints text and decides about the row's button, wherever that is.
    if (before.state != after.state || before.spec != after.spec)
        return changed.set();
    changed[ForwardsModel::StateColumn] =
        before.reason != after.reason || before.waitingConnections != after.waitingConnections;
    changed[ForwardsModel::PodColumn] = before.pods != after.pods;
    changed[ForwardsModel::ReconnectsColumn] = before.reconnects != after.reconnects;
    changed[ForwardsModel::SinceColumn] = before.reason.since != after.reason.since;
    changed[ForwardsModel::LastErrorColumn] = before.reason != after.reason;
    changed[ForwardsModel::LocalColumn] =
        before.ports.size() != after.ports.size() || localEnds(before) != localEnds(after);
    changed[ForwardsModel::DownColumn] =
        before.traffic.rateDown != after.traffic.rateDown || !sameHistory(before.rateHistory, after.rateHistory);
    changed[ForwardsModel::UpColumn] = before.traffic.rateUp != after.traffic.rateUp;
    changed[ForwardsModel::ConnectionsColumn] =
        before.openConnections != after.openConnections || before.totalConnections != after.totalConnections;
    changed[ForwardsModel::RoundTripColumn] = before.roundTripMs != after.roundTripMs;
    changed[ForwardsModel::BytesDownColumn] = before.traffic.bytesDown != after.traffic.bytesDown;
    changed[ForwardsModel::BytesUpColumn] = before.traffic.bytesUp != after.traffic.bytesUp;
    changed[ForwardsModel::LastActivityColumn] = before.lastActivity != after.lastActivity;
    return changed;
}

} // namespace Fairlead::Ui
