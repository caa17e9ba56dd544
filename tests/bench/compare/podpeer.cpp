// The same peer as the only program of a container's image: linked statically, on fixed ports.

#include "tests/bench/compare/peer.h"

#include <csignal>
#include <cstdio>
#include <thread>
#include <unistd.h>

using namespace Fairlead::Bench;

int main()
{
    std::signal(SIGTERM, [](int) { _exit(0); }); // the first process of a pod dies of a signal only when it asks to
    uint16_t commandPort = Peer::CommandPort;
    uint16_t greeterPort = Peer::GreeterPort;
    const int command = listenLocally(commandPort);
    const int greeter = listenLocally(greeterPort);
    if (command < 0 || greeter < 0) {
        std::perror("podpeer");
        return 1;
    }
    const Peer::Accept plain = [](int descriptor) { return std::make_unique<Wire>(descriptor); };
    std::thread(Peer::serve, greeter, Peer::Speaks::First, std::cref(plain)).detach();
    Peer::serve(command, Peer::Speaks::Second, plain);
}
