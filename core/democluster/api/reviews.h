#pragma once

#include "core/democluster/access/users.h"
#include "core/democluster/api/apistatus.h"

#include <QString>

namespace Fairlead::Demo {

/// Answers the POSTs in which a user asks about themselves: selfsubjectaccessreviews, selfsubjectrulesreviews
/// (authorization.k8s.io/v1) and selfsubjectreviews (authentication.k8s.io/v1). 201 with the status filled in, or 400.
[[nodiscard]] Response answerReview(const QString &resource, const QByteArray &body, const User &user);

} // namespace Fairlead::Demo
