#pragma once

#include "tests/bench/compare/wire.h"

#include <memory>
#include <string>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace Fairlead::Bench {

/// The server's side of TLS with OpenSSL, for what a relay connects to.
class TlsWire final : public Wire
{
public:
    TlsWire(int descriptor, SSL *session);
    ~TlsWire() override;

    [[nodiscard]] bool handshake();
    [[nodiscard]] ssize_t read(char *to, size_t size) override;
    [[nodiscard]] ssize_t write(const char *from, size_t size) override;

private:
    [[nodiscard]] ssize_t outcome(int moved) const;

    SSL *m_session;
};

/// Certificate and key of a server, from PEM files. Shared by all threads.
class TlsServer final
{
public:
    TlsServer(const std::string &certificateFile, const std::string &keyFile);
    ~TlsServer();
    TlsServer(const TlsServer &) = delete;
    TlsServer &operator=(const TlsServer &) = delete;

    [[nodiscard]] bool isUsable() const { return m_usable; }
    /// Shakes hands; null when that fails.
    [[nodiscard]] std::unique_ptr<Wire> accept(int descriptor) const;

private:
    SSL_CTX *m_context;
    bool m_usable;
};

} // namespace Fairlead::Bench
