#include "tests/bench/bytepeer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <memory>
#include <openssl/evp.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace Fairlead::Bench {
namespace {

constexpr size_t BlockBytes = 64 * 1024;
using Block = std::array<char, BlockBytes>;

/// xorshift64*: quick, and no block is like another.
class Pattern
{
public:
    void fill(char *to, size_t size)
    {
        for (size_t at = 0; at < size; at += sizeof(m_state)) {
            m_state ^= m_state >> 12;
            m_state ^= m_state << 25;
            m_state ^= m_state >> 27;
            const uint64_t word = m_state * 0x2545F4914F6CDD1DULL;
            std::memcpy(to + at, &word, std::min(sizeof(word), size - at));
        }
    }

private:
    uint64_t m_state = 0x9E3779B97F4A7C15ULL;
};

class Sha256
{
public:
    Sha256() { EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr); }
    void add(const char *data, size_t size) { EVP_DigestUpdate(m_context.get(), data, size); }
    QByteArray hex()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        EVP_DigestFinal_ex(m_context.get(), digest.data(), &size);
        return QByteArray(reinterpret_cast<const char *>(digest.data()), static_cast<qsizetype>(size)).toHex();
    }

private:
    struct Free {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> m_context{EVP_MD_CTX_new()};
};

/// A connected descriptor, closed at the end of its scope. Stalls of a minute count as a failure.
class Socket
{
public:
    explicit Socket(int descriptor)
        : m_descriptor(descriptor)
    {
        const timeval patience{.tv_sec = 60, .tv_usec = 0};
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    }
    ~Socket() { ::close(m_descriptor); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    bool sendAll(const char *data, size_t size)
    {
        while (size > 0) {
            const ssize_t sent = ::send(m_descriptor, data, size, MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            data += sent;
            size -= static_cast<size_t>(sent);
        }
        return true;
    }

    ssize_t receive(char *to, size_t size) { return ::recv(m_descriptor, to, size, 0); }

    std::string receiveLine()
    {
        std::string line;
        char byte = 0;
        while (line.size() < 200 && receive(&byte, 1) == 1 && byte != '\n')
            line += byte;
        return line;
    }

    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

std::optional<QByteArray> sendPattern(Socket &socket, uint64_t bytes)
{
    auto block = std::make_unique<Block>();
    Pattern pattern;
    Sha256 hash;
    while (bytes > 0) {
        const auto size = static_cast<size_t>(std::min<uint64_t>(bytes, BlockBytes));
        pattern.fill(block->data(), size);
        hash.add(block->data(), size);
        if (!socket.sendAll(block->data(), size))
            return std::nullopt;
        bytes -= size;
    }
    return hash.hex();
}

std::optional<QByteArray> receiveHash(Socket &socket, uint64_t bytes)
{
    auto block = std::make_unique<Block>();
    Sha256 hash;
    while (bytes > 0) {
        const ssize_t got = socket.receive(block->data(), static_cast<size_t>(std::min<uint64_t>(bytes, BlockBytes)));
        if (got <= 0)
            return std::nullopt;
        hash.add(block->data(), static_cast<size_t>(got));
        bytes -= static_cast<uint64_t>(got);
    }
    return hash.hex();
}

sockaddr_in loopback(uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

int connectTo(uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

void answer(int descriptor)
{
    Socket socket(descriptor);
    const std::string line = socket.receiveLine();
    if (line.rfind("SEND ", 0) == 0) {
        (void)sendPattern(socket, std::stoull(line.substr(5)));
        ::shutdown(socket.descriptor(), SHUT_WR);
        char end = 0;
        (void)socket.receive(&end, 1);
    } else if (line.rfind("TAKE ", 0) == 0) {
        if (const auto hash = receiveHash(socket, std::stoull(line.substr(5)))) {
            const QByteArray text = *hash + '\n';
            socket.sendAll(text.data(), static_cast<size_t>(text.size()));
        }
    }
}

} // namespace

BytePeer::BytePeer()
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    ::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), size);
    ::listen(m_listener, 1024);
    ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { serve(); });
}

BytePeer::~BytePeer()
{
    m_ending = true;
    m_acceptor.join();
    ::close(m_listener);
    for (std::thread &connection : m_connections)
        connection.join();
}

void BytePeer::serve()
{
    constexpr int LookUpMs = 50;
    while (!m_ending) {
        pollfd poll{.fd = m_listener, .events = POLLIN, .revents = 0};
        if (::poll(&poll, 1, LookUpMs) <= 0)
            continue;
        const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor >= 0)
            m_connections.emplace_back(answer, descriptor);
    }
}

QByteArray BytePeer::expectedHash(uint64_t bytes)
{
    auto block = std::make_unique<Block>();
    Pattern pattern;
    Sha256 hash;
    while (bytes > 0) {
        const auto size = static_cast<size_t>(std::min<uint64_t>(bytes, BlockBytes));
        pattern.fill(block->data(), size);
        hash.add(block->data(), size);
        bytes -= size;
    }
    return hash.hex();
}

Transfer download(uint16_t port, uint64_t bytes)
{
    const int descriptor = connectTo(port);
    if (descriptor < 0)
        return {};
    Socket socket(descriptor);
    const std::string line = "SEND " + std::to_string(bytes) + '\n';
    if (!socket.sendAll(line.data(), line.size()))
        return {};
    const auto hash = receiveHash(socket, bytes);
    char extra = 0;
    const bool ended = hash && socket.receive(&extra, 1) == 0;
    return {.complete = ended, .sha256 = hash.value_or(QByteArray())};
}

Transfer upload(uint16_t port, uint64_t bytes)
{
    const int descriptor = connectTo(port);
    if (descriptor < 0)
        return {};
    Socket socket(descriptor);
    const std::string line = "TAKE " + std::to_string(bytes) + '\n';
    if (!socket.sendAll(line.data(), line.size()))
        return {};
    const auto hash = sendPattern(socket, bytes);
    const std::string theirs = socket.receiveLine();
    return {.complete = hash && *hash == QByteArray::fromStdString(theirs), .sha256 = hash.value_or(QByteArray())};
}

} // namespace Fairlead::Bench
