#pragma once

#include "tests/support/testcertificates.h"

#include <cstdint>
#include <thread>

typedef struct ssl_ctx_st SSL_CTX;

namespace Fairlead::Bench {

/// A TLS server on 127.0.0.1 that speaks first: it accepts `connections` times, writes `bytes` to each in 32 KiB pieces
/// and then ends it with a TCP reset once the kernel has sent everything, as a load balancer or a killed server does.
/// Blocking OpenSSL on a thread of its own, so that it costs the measured thread nothing.
class TlsSource final
{
public:
    TlsSource(const Test::Identity &identity, uint64_t bytes, int connections);
    ~TlsSource();
    TlsSource(const TlsSource &) = delete;
    TlsSource &operator=(const TlsSource &) = delete;

    [[nodiscard]] uint16_t port() const { return m_port; }

private:
    void serve(uint64_t bytes, int connections);
    void send(int descriptor, uint64_t bytes);

    SSL_CTX *m_context;
    int m_listener;
    uint16_t m_port = 0;
    std::thread m_thread;
};

} // namespace Fairlead::Bench
