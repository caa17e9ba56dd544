#pragma once

#include "core/democluster/access/users.h"
#include "core/democluster/api/apistatus.h"

#include <QString>

namespace Fairlead::Demo {

/// Answers the POSTs in which a user asks about themselves: selfsubjectaccessreviews, selfsubjectrulesreviews
/// (authorization.k8s.io/v1) and selfsubjectreviews (authentication.k8s.io/v1). 201 with the status filled in, as JSON;
/// 400 or 422 for a body that is none; 415 for one that is neither JSON nor protobuf.
[[nodiscard]] Response answerReview(const QString &resource, const QByteArray &contentType, const QByteArray &body,
                                    const User &user);

} // namespace Fairlead::Demo
