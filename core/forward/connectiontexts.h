#pragma once

#include "core/forward/forwardsnapshot.h"
#include "core/protocol/portforward/clientpair.h"

namespace Fairlead::Forward {

/// How a pair's end is shown: which end, in which words.
struct EndWords {
    ConnectionEnd end = ConnectionEnd::Open;
    QString text; ///< sentence
    QString detail; ///< the other side's own words
};

[[nodiscard]] EndWords wordsFor(PortForward::PairEnd end, const QString &runtimeText, bool programEndedInOrder,
                                quint16 remotePort);

/// A line for the log about a connection that did not end in order; empty if it did, or the user ended it.
[[nodiscard]] QString abnormalEndText(const ConnectionSnapshot &connection);

} // namespace Fairlead::Forward
