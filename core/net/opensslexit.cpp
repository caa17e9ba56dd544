#include "core/net/opensslexit.h"

#include <openssl/crypto.h>

namespace Fairlead::Net {

bool skipOpenSslCleanup()
{
    return OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr) == 1;
}

} // namespace Fairlead::Net
