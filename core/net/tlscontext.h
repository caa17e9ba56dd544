#pragma once

#include "core/net/tlsmaterial.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <deque>
#include <memory>
#include <mutex>

typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_st SSL;
typedef struct ssl_session_st SSL_SESSION;

namespace Fairlead::Net {

/// TLS settings for upgraded connections to one API server, read once and used for each of them: roots, client
/// certificate, name to check, ALPN "http/1.1" (an h2 connection cannot be upgraded), TLS 1.2 or later.
/// It remembers session tickets of the server, so that the next connection saves the certificates on both sides and,
/// with TLS 1.2, a round trip. A TLS 1.3 ticket is used once (RFC 8446 appendix C.4), so several are kept: servers hand
/// out two a connection. Thread-safe; a connection belongs to one thread.
///
/// Trust follows Go's crypto/x509, which kubectl uses: any certificate among the given roots is an anchor, even an
/// intermediate or the leaf itself, and only subject alternative names are looked at.
class TlsContext
{
public:
    /// `host` is the URL's host, without brackets. Errors are sentences in OpenSSL's words.
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>, QString> create(const TlsMaterial &material,
                                                                             const QString &host);
    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    /// A client connection that is not attached to anything yet. The caller frees it; null when out of memory.
    [[nodiscard]] SSL *newConnection();

private:
    TlsContext() = default;
    [[nodiscard]] QString load(const TlsMaterial &material);
    [[nodiscard]] QString loadRoots(const TlsMaterial &material);
    [[nodiscard]] QString loadClientCertificate(const TlsMaterial &material);
    void rememberTickets();
    void keepTicket(SSL_SESSION *ticket);
    /// The newest that is still good; the caller frees it.
    [[nodiscard]] SSL_SESSION *takeTicket();

    SSL_CTX *m_context = nullptr;
    std::mutex m_ticketMutex;
    std::deque<SSL_SESSION *> m_tickets; ///< the newest at the end
    QByteArray m_name; ///< to check, ASCII
    bool m_nameIsAddress = false;
    bool m_verify = true;
};

} // namespace Fairlead::Net
