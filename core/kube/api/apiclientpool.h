#pragma once

#include "core/kube/api/apiclient.h"

#include <memory>

/// What watches of one thread share, so that each does not need an ApiClient: that is a QNetworkAccessManager with a
/// thread and connections of its own, and TLS roots, some megabytes together.
namespace Fairlead::Kube {

/// This thread's client for `config`, made when there is none. It lives as long as somebody holds it.
[[nodiscard]] std::shared_ptr<ApiClient> sharedApiClient(const ConnectionConfig &config);

/// The same with young connections only: after a wake-up or a change of network the old client's idle connections are
/// dead without knowing it, and would swallow a request until its deadline. A client made a few seconds ago will do, so
/// that all who ask for one after the same event get the same. From now on it is the shared one.
[[nodiscard]] std::shared_ptr<ApiClient> freshApiClient(const ConnectionConfig &config);

} // namespace Fairlead::Kube
