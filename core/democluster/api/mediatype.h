#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace Fairlead::Demo {

/// In which shape a client wants objects.
enum class Rendering {
    Full,
    Partial, ///< as=PartialObjectMetadata or PartialObjectMetadataList
    Table ///< as=Table: rows as `kubectl get` prints them
};

/// Picks the first media type of an Accept header that we can serve: JSON, plain or in one of the shapes of
/// meta.k8s.io/v1. No header means plain JSON; nothing that fits (protobuf only, YAML only) is nullopt, which is a 406.
[[nodiscard]] std::optional<Rendering> negotiateRendering(const QList<QByteArray> &accept);

} // namespace Fairlead::Demo
