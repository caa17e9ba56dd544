#pragma once

#include <QJsonValue>

namespace Fairlead::Demo {

/// JSON merge patch, RFC 7386: null removes, objects are merged, everything else replaces.
[[nodiscard]] QJsonValue mergePatch(const QJsonValue &target, const QJsonValue &patch);

/// Kubernetes' strategic merge patch as far as the kinds here need it: as the merge patch, but a list of objects is
/// merged by the key that tells its entries apart (name; containerPort or port for lists of ports; type for
/// conditions).
/// `{"$patch": "delete", "name": ...}` removes such an entry, `{"$patch": "replace"}` in an object replaces it as a
/// whole; the order hints ($setElementOrder, $retainKeys) are ignored.
[[nodiscard]] QJsonValue strategicMergePatch(const QJsonValue &target, const QJsonValue &patch);

} // namespace Fairlead::Demo
