#pragma once

#include "core/democluster/api/apistatus.h"

#include <QString>

#include <optional>

namespace Fairlead::Demo {

/// The documents from which a client learns what this server has: /version, /api, /apis, /apis/GROUP, /api/v1,
/// /apis/GROUP/VERSION, and the health checks. nullopt for other paths.
[[nodiscard]] std::optional<Response> answerDiscovery(const QString &path, const QString &serverAddress,
                                                      const QString &hiddenGroup = {});

} // namespace Fairlead::Demo
