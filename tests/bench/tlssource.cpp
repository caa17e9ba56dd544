#include "tests/bench/tlssource.h"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <linux/sockios.h>
#include <memory>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace Fairlead::Bench {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

Bio memoryBio(const QByteArray &text)
{
    return {BIO_new_mem_buf(text.constData(), static_cast<int>(text.size())), &BIO_free};
}

void useIdentity(SSL_CTX *context, const Test::Identity &identity)
{
    const QByteArray certificatePem = identity.certificatePem();
    const QByteArray keyPem = identity.keyPem();
    X509 *certificate = PEM_read_bio_X509(memoryBio(certificatePem).get(), nullptr, nullptr, nullptr);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(memoryBio(keyPem).get(), nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, certificate);
    SSL_CTX_use_PrivateKey(context, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

/// Waits until the peer's kernel has everything: a reset must not cut what is still in our own queue.
void waitUntilSent(int descriptor)
{
    int queued = 1;
    while (queued > 0 && ::ioctl(descriptor, SIOCOUTQ, &queued) == 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

} // namespace

TlsSource::TlsSource(const Test::Identity &identity, uint64_t bytes, int connections)
    : m_context(SSL_CTX_new(TLS_server_method()))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    useIdentity(m_context, identity);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), size);
    ::listen(m_listener, connections);
    ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this, bytes, connections] { serve(bytes, connections); });
}

TlsSource::~TlsSource()
{
    ::shutdown(m_listener, SHUT_RDWR);
    m_thread.join();
    ::close(m_listener);
    SSL_CTX_free(m_context);
}

void TlsSource::serve(uint64_t bytes, int connections)
{
    for (int i = 0; i < connections; ++i) {
        const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0)
            return;
        send(descriptor, bytes);
        const linger reset{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
        ::close(descriptor);
    }
}

void TlsSource::send(int descriptor, uint64_t bytes)
{
    const std::unique_ptr<SSL, decltype(&SSL_free)> connection(SSL_new(m_context), &SSL_free);
    SSL_set_fd(connection.get(), descriptor);
    if (SSL_accept(connection.get()) != 1)
        return;
    const std::vector<char> block(32 * 1024, 'x');
    while (bytes > 0) {
        const auto size = static_cast<int>(std::min<uint64_t>(bytes, block.size()));
        const int sent = SSL_write(connection.get(), block.data(), size);
        if (sent <= 0)
            return;
        bytes -= static_cast<uint64_t>(sent);
    }
    waitUntilSent(descriptor);
}

} // namespace Fairlead::Bench
