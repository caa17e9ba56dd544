#pragma once

#include <QMetaType>
#include <QString>

namespace Fairlead::Kube {

/// Why a request to the API server failed.
struct ApiError {
    enum class Kind {
        Unsupported, ///< the connection needs something that Fairlead cannot do; message says what
        Network, ///< name lookup, TCP, timeout, connection closed
        Tls, ///< certificate or handshake
        Unauthorized, ///< 401
        SignInNeeded, ///< the plugin or provider gave no credentials; only the user can start another attempt
        Forbidden, ///< 403
        NotFound, ///< 404
        Gone, ///< 410, also as an ERROR event of a watch
        Busy, ///< 429
        Server, ///< 5xx
        Refused, ///< any other status
        BadAnswer, ///< not what an API server says: HTML, broken JSON
        Cancelled
    };

    Kind kind = Kind::Network;
    int httpStatus = 0;
    QString reason; ///< Status JSON's reason, e.g. "NotFound"
    QString message; ///< one translated sentence for people
    QString detail; ///< the server's or the library's own words
    int retryAfterSeconds = 0;

    /// The line that kubectl prints for it, without "error: " where kubectl has none. Not translated.
    QString kubectlText;
    /// What would help, for somebody else or in several lines: sentences, shell commands. Translated, may be empty.
    QString advice;

    bool operator==(const ApiError &) const = default;
};

} // namespace Fairlead::Kube

Q_DECLARE_METATYPE(Fairlead::Kube::ApiError)
