#pragma once

#include "core/protocol/http/message.h"

#include <QString>

namespace Fairlead::PortForward {

/// What to do after a server refused the upgrade.
enum class RetryClass {
    Never, ///< 400, 403: will not get better until somebody changes something
    RefreshCredentials, ///< 401: once, with fresh credentials
    FindPodAgain, ///< 404: the pod is gone or moved
    BackOff ///< 429, 5xx: later
};

/// A refused upgrade in words. `message` is a sentence for people; `detail` is the server's own text, may be empty.
struct Refusal {
    /// Who speaks: the API server (a Status), a node or runtime (plain text), or something on the way (HTML, nothing).
    enum class Origin { ApiServer, Text, Foreign };
    int status = 0;
    QString reason; ///< Status JSON's reason (Forbidden, NotFound, ...) or empty
    QString message;
    QString detail;
    QString advice = {}; ///< what would help, for people; may be empty
    /// What kubectl prints after "error: error upgrading connection: ".
    QString kubectlText;
    RetryClass retry = RetryClass::Never;
    int retryAfterSeconds = 0;
    Origin origin = Origin::Foreign;
};

/// Turns the answer to an upgrade request into words: Status JSON, plain text, or HTML and nothing (then the status
/// line and `host` are named, since something between us and the API server answered).
[[nodiscard]] Refusal describeRefusal(const Http::ResponseHead &head, const QByteArray &body, const QString &host);

/// Whether another transport (WebSocket instead of SPDY, or the other way round) may get a better answer: this one is
/// not known here, does not pass, or is not allowed, rather than that the pod or the server is in trouble.
[[nodiscard]] bool mayOtherTransportHelp(const Refusal &refusal);

/// Whether a 101 really is our upgrade; the sentence that says what is wrong, or empty.
[[nodiscard]] QString checkSwitchingProtocols(const Http::ResponseHead &head);

/// The upgrade request's head: POST, Host, User-Agent, Content-Length: 0, then `credentials`, then the upgrade fields.
[[nodiscard]] Http::RequestHead upgradeRequest(const QByteArray &target, const QByteArray &host,
                                               const Http::Fields &credentials);

} // namespace Fairlead::PortForward
