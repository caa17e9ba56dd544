#include "core/net/opensslerror.h"

#include <openssl/err.h>

namespace Fairlead::Net {

QString takeOpenSslError()
{
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0)
        return QStringLiteral("TLS error");
    if (const char *reason = ERR_reason_error_string(code))
        return QString::fromLatin1(reason);
    return QStringLiteral("TLS error %1").arg(code, 0, 16);
}

void clearOpenSslErrors()
{
    ERR_clear_error();
}

} // namespace Fairlead::Net
