#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace Fairlead::Demo {

/// The one thing that clients insist on sending as protobuf: kubectl 1.32 and later asks `auth can-i` that way and does
/// not fall back to JSON. Reads a self-subject review out of Kubernetes' envelope (magic "k8s\0", then runtime.Unknown)
/// and gives what its JSON would have been: apiVersion, kind, spec. Field numbers: generated.proto of
/// k8s.io/api/authorization/v1. nullopt for anything that is not well-formed.
[[nodiscard]] std::optional<QJsonObject> reviewFromProtobuf(const QByteArray &body);

} // namespace Fairlead::Demo
