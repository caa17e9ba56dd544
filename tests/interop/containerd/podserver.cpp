// The only program in the test's pod: a few TCP servers with plain habits (podcontract.h). It is linked statically,
// since the pod's image holds nothing else, and takes one process a connection, so that none can disturb another.

#include "podcontract.h"

#include <arpa/inet.h>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace PodContract;

std::atomic<int> *g_held = nullptr; // shared by all processes

bool sendAll(int socket, const void *data, std::size_t size)
{
    auto *at = static_cast<const char *>(data);
    while (size > 0) {
        const ssize_t sent = send(socket, at, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool receiveLength(int socket, std::uint64_t &length)
{
    unsigned char bytes[8];
    if (recv(socket, bytes, sizeof bytes, MSG_WAITALL) != ssize_t(sizeof bytes))
        return false;
    length = 0;
    for (const unsigned char byte : bytes)
        length = length << 8 | byte;
    return true;
}

void echo(int socket)
{
    char buffer[65536];
    for (ssize_t got; (got = recv(socket, buffer, sizeof buffer, 0)) > 0;)
        if (!sendAll(socket, buffer, static_cast<std::size_t>(got)))
            return;
}

void source(int socket)
{
    std::uint64_t length = 0;
    if (!receiveLength(socket, length))
        return;
    unsigned char buffer[65536];
    for (std::uint64_t offset = 0; offset < length;) {
        std::size_t count = 0;
        while (count < sizeof buffer && offset < length)
            buffer[count++] = patternByte(offset++);
        if (!sendAll(socket, buffer, count))
            return;
    }
}

void sink(int socket)
{
    std::uint64_t length = 0;
    if (!receiveLength(socket, length))
        return;
    unsigned char buffer[65536];
    char answer[64] = "ok\n";
    bool good = true;
    for (std::uint64_t offset = 0; offset < length;) {
        const ssize_t got = recv(socket, buffer, sizeof buffer, 0);
        if (got <= 0)
            return;
        for (ssize_t i = 0; i < got; ++i, ++offset) {
            if (good && (offset >= length || buffer[i] != patternByte(offset))) {
                good = false;
                std::snprintf(answer, sizeof answer, "bad at %llu\n", static_cast<unsigned long long>(offset));
            }
        }
    }
    sendAll(socket, answer, std::strlen(answer));
}

void greeter(int socket)
{
    if (sendAll(socket, "hello\n", 6))
        echo(socket);
}

void closer(int) { }

void resetter(int socket)
{
    char byte;
    recv(socket, &byte, 1, 0);
    const linger abortive{1, 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &abortive, sizeof abortive);
}

void lateAnswer(int socket)
{
    char byte = 0;
    while (byte != '\n')
        if (recv(socket, &byte, 1, 0) != 1)
            return;
    sleep(LateSeconds);
    sendAll(socket, "late\n", 5);
}

void holder(int socket)
{
    ++*g_held;
    char byte;
    while (recv(socket, &byte, 1, 0) > 0) { }
    --*g_held;
}

void holderCount(int socket)
{
    char text[16];
    std::snprintf(text, sizeof text, "%d\n", g_held->load());
    sendAll(socket, text, std::strlen(text));
}

struct Service {
    Port port;
    int family;
    void (*serve)(int socket);
};

constexpr Service services[] = {
    {Echo, AF_INET, echo},         {EchoIpv6Only, AF_INET6, echo},
    {Source, AF_INET, source},     {Sink, AF_INET, sink},
    {Greeter, AF_INET, greeter},   {Closer, AF_INET, closer},
    {Resetter, AF_INET, resetter}, {LateAnswer, AF_INET, lateAnswer},
    {Holder, AF_INET, holder},     {HolderCount, AF_INET, holderCount},
};

int listenOn(const Service &service)
{
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(service.port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(service.port);
    v6.sin6_addr = in6addr_loopback;

    const int listener = socket(service.family, SOCK_STREAM, 0);
    const bool six = service.family == AF_INET6;
    auto *address = six ? reinterpret_cast<const sockaddr *>(&v6) : reinterpret_cast<const sockaddr *>(&v4);
    const socklen_t size = six ? sizeof v6 : sizeof v4;
    if (listener < 0 || bind(listener, address, size) != 0 || listen(listener, 128) != 0) {
        std::perror("podserver");
        std::exit(1);
    }
    return listener;
}

void serveInChild(int listener, const Service &service)
{
    const int connection = accept(listener, nullptr, nullptr);
    if (connection < 0)
        return;
    if (fork() == 0) {
        service.serve(connection);
        close(connection);
        _exit(0);
    }
    close(connection);
}

} // namespace

int main()
{
    // The kernel reaps the children, and the first process of a pod dies of a signal only when it asks to.
    signal(SIGCHLD, SIG_IGN);
    signal(SIGTERM, [](int) { _exit(0); });
    void *shared = mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 1;
    g_held = new (shared) std::atomic<int>(0);

    pollfd listeners[std::size(services)];
    for (std::size_t i = 0; i < std::size(services); ++i)
        listeners[i] = {listenOn(services[i]), POLLIN, 0};
    while (true) {
        if (poll(listeners, std::size(services), -1) <= 0)
            continue;
        for (std::size_t i = 0; i < std::size(services); ++i)
            if (listeners[i].revents & POLLIN)
                serveInChild(listeners[i].fd, services[i]);
    }
}
