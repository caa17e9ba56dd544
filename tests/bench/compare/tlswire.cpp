#include "tests/bench/compare/tlswire.h"

#include <algorithm>
#include <climits>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace Fairlead::Bench {

TlsWire::TlsWire(int descriptor, SSL *session)
    : Wire(descriptor)
    , m_session(session)
{
    SSL_set_fd(m_session, descriptor);
    SSL_set_accept_state(m_session);
}

TlsWire::~TlsWire()
{
    SSL_free(m_session);
}

bool TlsWire::handshake()
{
    for (;;) {
        ERR_clear_error();
        const int done = SSL_do_handshake(m_session);
        if (done == 1)
            return true;
        const int reason = SSL_get_error(m_session, done);
        if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE)
            return false;
        wait(reason == SSL_ERROR_WANT_READ, reason == SSL_ERROR_WANT_WRITE);
    }
}

ssize_t TlsWire::outcome(int moved) const
{
    if (moved > 0)
        return moved;
    switch (SSL_get_error(m_session, moved)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return Again;
    case SSL_ERROR_ZERO_RETURN:
        return 0;
    default:
        return Failed;
    }
}

ssize_t TlsWire::read(char *to, size_t size)
{
    ERR_clear_error();
    return outcome(SSL_read(m_session, to, static_cast<int>(std::min<size_t>(size, INT_MAX))));
}

ssize_t TlsWire::write(const char *from, size_t size)
{
    ERR_clear_error();
    return outcome(SSL_write(m_session, from, static_cast<int>(std::min<size_t>(size, INT_MAX))));
}

TlsServer::TlsServer(const std::string &certificateFile, const std::string &keyFile)
    : m_context(SSL_CTX_new(TLS_server_method()))
{
    SSL_CTX_set_mode(m_context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    m_usable = SSL_CTX_use_certificate_file(m_context, certificateFile.c_str(), SSL_FILETYPE_PEM) == 1
        && SSL_CTX_use_PrivateKey_file(m_context, keyFile.c_str(), SSL_FILETYPE_PEM) == 1;
}

TlsServer::~TlsServer()
{
    SSL_CTX_free(m_context);
}

std::unique_ptr<Wire> TlsServer::accept(int descriptor) const
{
    auto wire = std::make_unique<TlsWire>(descriptor, SSL_new(m_context));
    if (!wire->handshake())
        return nullptr;
    return wire;
}

} // namespace Fairlead::Bench
