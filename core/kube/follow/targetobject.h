#pragma once

#include "core/kube/api/apierror.h"
#include "core/kube/config/connectionconfig.h"
#include "core/kube/objects/target.h"
#include "core/support/result.h"

#include <QJsonObject>

/// What the kinds of targets are to the API, and how their objects say which pods are theirs. No I/O.
namespace Fairlead::Kube {

/// Where the API keeps the objects of a kind (which is not Selector): "/api/v1/namespaces/NS/services".
[[nodiscard]] QByteArray collectionPath(const ConnectionConfig &config, TargetRef::Kind kind,
                                        const QString &namespaceName);

/// "Service", as the object's `kind` says it.
[[nodiscard]] QString apiKind(TargetRef::Kind kind);

/// "services", "deployments.apps": as error texts of the API name the collection.
[[nodiscard]] QString qualifiedResource(TargetRef::Kind kind);

/// Whether which pods belong to it may change while it lives, or what else of it matters does (a service's ports). The
/// selectors of apps/v1 and batch/v1 are immutable, so their objects need no watch.
[[nodiscard]] bool isChangeable(TargetRef::Kind kind);

/// The label selector of the pods behind an object; never empty. Refusals are kubectl's: "cannot attach to
/// *v1.Service: invalid service 'web': Service is defined without a selector".
[[nodiscard]] Result<QString, ApiError> podSelectorOf(const TargetRef &target, const QJsonObject &object);

} // namespace Fairlead::Kube
