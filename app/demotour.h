#pragma once

#include <QString>

class QWidget;

namespace Fairlead::Forward {
class ForwardManager;
}
namespace Fairlead::Kube {
class ContextStore;
}

namespace Fairlead::App {

/// The main job where nobody can see a window: forwards a port of the demo cluster's web pod, fetches a page through
/// it, prints what was done and the byte counts, and saves a picture of `window` if `screenshot` names a file.
/// Gives 0 when all of it worked.
[[nodiscard]] int runDemoTour(Forward::ForwardManager &forwards, const Kube::ContextStore &contexts, QWidget &window,
                              const QString &screenshot);

} // namespace Fairlead::App
