#pragma once

#include <QString>

namespace Fairlead::Forward {

/// A sentence for an upgraded connection that was closed in order, without a word why, by whoever.
///
/// Routers and load balancers on the way cut connections that have been quiet for a time that somebody once found
/// round, OKD's HAProxy among them, and some cut every connection at a certain age. Such an end comes just after that
/// time, so that is what is looked at: `silentMs` since bytes moved in either direction, `ageMs` since the connection
/// was opened. What is close to neither gets the plain sentence. Our pings keep connections from being quiet, so the
/// first case is one where they could not help: while a program does not read, none are sent.
[[nodiscard]] QString closedText(qint64 silentMs, qint64 ageMs);

} // namespace Fairlead::Forward
