#pragma once

#include "core/kube/api/apiclient.h"
#include "core/kube/config/resolution.h"
#include "core/kube/objects/portspec.h"
#include "core/kube/objects/target.h"

#include <QString>

#include <memory>
#include <optional>

namespace Fairlead::Doctor {

/// What is to be checked, as the user named it.
struct Question {
    Kube::Resolution resolution;
    QString namespaceName; ///< empty: the context's
    std::optional<Kube::TargetRef> target; ///< nothing: the server alone
    std::optional<Kube::PortArgument> port; ///< nothing: the first that the pod declares
    int timeoutMs = 10'000; ///< for each step
};

/// What the steps have found out so far, each for those after it.
struct Patient {
    Question question;
    Kube::ConnectionConfig config;
    QString namespaceName;
    std::unique_ptr<Kube::ApiClient> client;
    std::optional<Kube::PodInfo> pod;
    std::optional<Kube::PortArgument> port;
};

} // namespace Fairlead::Doctor
