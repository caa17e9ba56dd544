#pragma once

#include "core/kube/objects/objects.h"

#include <functional>
#include <optional>

class QObject;

namespace Fairlead::Kube {

class ApiClient;

/// Asks the server where the pod alone tells only a likely answer; who may not ask gets that. `done` is called once,
/// maybe before this has returned, and not when `context` is gone.
void findOwner(ApiClient &client, const PodInfo &pod, QObject *context,
               const std::function<void(const std::optional<TargetRef> &)> &done);

} // namespace Fairlead::Kube
