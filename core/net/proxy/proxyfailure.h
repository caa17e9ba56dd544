#pragma once

#include "core/net/connectfailure.h"
#include "core/net/proxy/proxyhandshake.h"

namespace Fairlead::Net {

/// Puts a trouble with a proxy into words: a sentence that names the proxy (never its user or password), the server and
/// what to do; and, as detail, what client-go says. `server` is host and port; `words` are the proxy's or the system's
/// own.
[[nodiscard]] ConnectFailure describeProxyTrouble(ProxyTrouble trouble, const ProxySettings &proxy,
                                                  const QString &server, const QString &words);

} // namespace Fairlead::Net
