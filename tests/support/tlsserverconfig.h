#pragma once

#include "tests/support/testcertificates.h"

#include <QSslConfiguration>

namespace Fairlead::Test {

/// For HttpServer or QSslServer: `server` (an EC identity) as certificate. With `clients` every client must show a
/// certificate of that authority.
[[nodiscard]] QSslConfiguration tlsServerConfiguration(const Identity &server, const Identity *clients = nullptr);

/// A wish for a server's certificate that is good for 127.0.0.1 and api.example.
[[nodiscard]] CertificateWish serverWish();

} // namespace Fairlead::Test
