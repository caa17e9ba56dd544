#include "tests/bench/compare/peer.h"

#include "tests/bench/compare/exchange.h"

#include <cstdlib>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace Fairlead::Bench::Peer {
namespace {

uint64_t numberAfter(const std::string &line, size_t at)
{
    return std::strtoull(line.c_str() + at, nullptr, 10);
}

bool answerRequest(Exchange &exchange)
{
    std::string header;
    do {
        if (!exchange.readLine(header))
            return false;
    } while (!header.empty() && header != "\r");
    return exchange.sendAll(std::string(HttpAnswer));
}

/// False when the conversation is over.
bool obey(const std::string &line, Exchange &exchange, const Wire &wire)
{
    if (line.starts_with("SEND "))
        return exchange.run(numberAfter(line, 5), 0);
    if (line.starts_with("TAKE "))
        return exchange.run(0, numberAfter(line, 5)) && exchange.sendAll("ok\n");
    if (line.starts_with("BOTH "))
        return exchange.run(numberAfter(line, 5), numberAfter(line, 5)) && exchange.sendAll("ok\n");
    if (line == "PING")
        return exchange.sendAll(std::string(Pong));
    if (line.starts_with("SAY "))
        return exchange.sendAll(line.substr(4) + '\n');
    if (line.starts_with("GET "))
        return answerRequest(exchange);
    if (line == "HOLD")
        wire.waitForEnd();
    return false;
}

void converse(int descriptor, Speaks speaks, const Accept &accept)
{
    const std::unique_ptr<Wire> wire = accept(descriptor);
    if (!wire)
        return;
    Exchange exchange(*wire);
    if (speaks == Speaks::First && !exchange.sendAll(std::string(Greeting)))
        return;
    std::string line;
    while (exchange.readLine(line) && obey(line, exchange, *wire)) { }
}

} // namespace

void serve(int listener, Speaks speaks, const Accept &accept)
{
    for (;;) {
        const int descriptor = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor >= 0)
            std::thread(converse, descriptor, speaks, std::cref(accept)).detach();
        else
            ::usleep(1'000); // no descriptors: some will be free soon
    }
}

} // namespace Fairlead::Bench::Peer
