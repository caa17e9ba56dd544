#pragma once

#include <QByteArrayView>

namespace Fairlead::Spdy::Test {

/// Hands hostile bytes to a session and uses it as a careless owner would. The first bytes of `input` choose role,
/// slices and what is done; the rest is what the peer sends. Whatever comes, the process lives, views stay inside the
/// input, and a session of ours at the other end never finds fault with what this one sends. Gives false when that
/// does not hold. A fuzzer can call this as it is.
[[nodiscard]] bool exerciseSession(QByteArrayView input);

} // namespace Fairlead::Spdy::Test
