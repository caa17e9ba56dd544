#pragma once

#include "core/support/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace Fairlead::Kube {

struct ServerUrl {
    QUrl url; ///< http or https, port set, path without trailing slash, no query, no fragment, no user
    /// What was made of it that is not plainly there; sentences without their subject's place.
    QStringList notes;
};

struct ServerUrlError {
    QString message; ///< translated, about the value alone
    QString clientGo;
};

/// Makes a URL of a cluster's `server`. A missing scheme is http for client-go, which then sends no credentials;
/// here it is https where that is plainly meant: the port is one of 443, 6443, 8443, or `wantsTls` says that a CA, a
/// client certificate or a token is configured.
[[nodiscard]] Result<ServerUrl, ServerUrlError> normalizeServerUrl(const QString &server, bool wantsTls);

} // namespace Fairlead::Kube
