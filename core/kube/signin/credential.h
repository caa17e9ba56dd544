#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Fairlead::Kube {

/// What signs a user in for a while: a token, a client certificate with its key, or both. Secret: never log it.
struct Credential {
    QByteArray token;
    QByteArray certificatePem;
    QByteArray keyPem;
    std::optional<QDateTime> expires; ///< UTC; nothing: until the server refuses it
    QByteArray refreshToken; ///< of OpenID Connect, for the next one

    bool operator==(const Credential &) const = default;
};

/// Why there is no credential.
struct SignInFailure {
    QString text; ///< one translated sentence or two: what happened, what to do
    QString detail; ///< the plugin's or the provider's own words
    QString goText; ///< client-go's words, e.g. "exec: executable aws failed with exit code 1"; not translated
    bool cancelled = false;

    bool operator==(const SignInFailure &) const = default;
};

} // namespace Fairlead::Kube

Q_DECLARE_METATYPE(Fairlead::Kube::SignInFailure)
