#pragma once

#include <QObject>

namespace Fairlead::Kube {

/// An object on the thread where sign-ins run; things there may be its children. Made at the first call; ends with the
/// application, and ends plugins that still run. Null when the application has ended.
[[nodiscard]] QObject *signInThread();

} // namespace Fairlead::Kube
