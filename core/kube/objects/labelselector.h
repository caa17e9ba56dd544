#pragma once

#include "core/support/result.h"

#include <QJsonObject>
#include <QString>

/// Builds the `labelSelector` of a query from what objects write down, in the order and words of apimachinery. No I/O.
namespace Fairlead::Kube {

/// The map of a Service, a ReplicationController or a DeploymentConfig: "app=web,tier=front". Sorted by key.
[[nodiscard]] QString selectorFromMap(const QJsonObject &labels);

/// matchLabels and matchExpressions, as Deployment and its like have them: "app=web,tier in (a,b),!old". Errors are
/// apimachinery's: an operator that does not exist, values where none may be or none where some must.
[[nodiscard]] Result<QString, QString> selectorFromExpressions(const QJsonObject &labelSelector);

} // namespace Fairlead::Kube
