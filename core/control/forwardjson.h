#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QJsonObject>

namespace Fairlead::Control {

/// A forward as the protocol and `fairlead status -o json` show it; docs/engine.md has the keys. Pure.
[[nodiscard]] QJsonObject forwardJson(const Forward::ForwardSnapshot &forward, const QStringList &profiles,
                                      const QString &remark);

[[nodiscard]] QJsonObject logJson(Forward::ForwardId id, const QString &name, const Forward::LogLine &line);

} // namespace Fairlead::Control
