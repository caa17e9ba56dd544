#pragma once

#include "core/democluster/state/apiobject.h"

#include <QJsonObject>

namespace Fairlead::Demo {

/// The whole v1 Pod: metadata, spec and status, with the fields that clients and people look at.
[[nodiscard]] QJsonObject podJson(const Pod &pod);
[[nodiscard]] QJsonObject podMetadata(const Pod &pod);
[[nodiscard]] QJsonObject namespaceJson(const NamespaceObject &object);
[[nodiscard]] QJsonObject namespaceMetadata(const NamespaceObject &object);

/// The address of the node that all pods of the demo cluster run on (documentation range of RFC 5737).
[[nodiscard]] QString demoNodeAddress();

} // namespace Fairlead::Demo
