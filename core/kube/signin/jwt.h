#pragma once

#include "core/kube/signin/credential.h"

#include <QMap>

namespace Fairlead::Kube {

/// When a JSON Web Token ends (its "exp"). Nothing: it is none, or does not say. Nothing is verified: that is the
/// server's business.
[[nodiscard]] std::optional<QDateTime> jwtExpiry(const QByteArray &token);

/// What the settings of auth-provider oidc hold that is valid still: id-token, and refresh-token for later. As
/// client-go the token counts until ten seconds before its end.
[[nodiscard]] std::optional<Credential> oidcCredential(const QMap<QString, QString> &settings, const QDateTime &now);

} // namespace Fairlead::Kube
