#pragma once

#include <QByteArray>

#include <memory>
#include <openssl/evp.h>

/// Keys and certificates made on the spot, so that none has to be stored or goes out of date.
namespace TestKeys {

using Key = std::shared_ptr<EVP_PKEY>;

[[nodiscard]] Key makeRsa();
[[nodiscard]] Key makeEc();
[[nodiscard]] Key makeEd25519();

/// A self-signed certificate, CN=joe, valid from now + `fromDays` to now + `toDays`.
[[nodiscard]] QByteArray certificate(const Key &key, int fromDays = -1, int toDays = 1);

[[nodiscard]] QByteArray pkcs8(const Key &key);
/// PKCS#1 for RSA, SEC1 for EC.
[[nodiscard]] QByteArray traditional(const Key &key);
[[nodiscard]] QByteArray encryptedPkcs8(const Key &key);
[[nodiscard]] QByteArray encryptedTraditional(const Key &key);

} // namespace TestKeys
