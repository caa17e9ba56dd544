#pragma once

#include "core/net/tlsmaterial.h"
#include "core/support/result.h"

#include <QByteArrayList>
#include <QSslConfiguration>
#include <QString>

namespace Fairlead::Net {

/// Turns PEM texts into what QSslSocket and QNetworkAccessManager take: TLS 1.2 or later, the given roots and no
/// others (the system's when there are none; an intermediate authority is as good as a root), the client's certificate
/// chain and key, and `alpn` in order of liking.
///
/// The key is read by OpenSSL itself, since QSslKey of Qt 6.4 knows no Ed25519: PKCS#1, PKCS#8 and SEC1 all work.
/// Encrypted keys are refused, as client-go does. A key without a certificate is ignored, likewise. `serverName` is not
/// part of the outcome: give it to setPeerVerifyName(). The error is a translated sentence that names what cannot be
/// used and never shows its content. Any thread; costs some milliseconds at most, so make it once per connection
/// config.
[[nodiscard]] Result<QSslConfiguration, QString> makeTlsConfiguration(const TlsMaterial &material,
                                                                      const QByteArrayList &alpn = {});

} // namespace Fairlead::Net
