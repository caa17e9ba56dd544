#pragma once

#include "core/kube/config/connectionconfig.h"

#include <QStringList>

namespace Fairlead::App {

/// Names out of a cluster for a shell that waits for them: nothing after a second and a half, and nothing at all where
/// a sign-in plugin or provider would have to be asked, since pressing Tab must not open a browser.
[[nodiscard]] QStringList namespaceNames(const Kube::ConnectionConfig &config);

/// Pods by name, then services as "svc/NAME", of the config's namespace. Pods that have ended are left out.
[[nodiscard]] QStringList targetNames(const Kube::ConnectionConfig &config);

} // namespace Fairlead::App
