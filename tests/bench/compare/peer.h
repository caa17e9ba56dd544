#pragma once

#include "tests/bench/compare/wire.h"

#include <functional>
#include <string_view>

namespace Fairlead::Bench {

/// The program in the pod. A connection to its command port holds lines:
///
///   SEND n     it sends n bytes of the pattern
///   TAKE n     it takes n bytes of the pattern, then answers "ok"
///   BOTH n     both at once, then answers "ok"
///   PING       it answers "PONG"
///   SAY text   it answers the text
///   HOLD       it reads no more, until the connection ends
///   GET ...    it answers HttpAnswer after the empty line
///
/// On its greeter port it says Greeting first, and answers the same lines. A wrong byte ends the connection.
namespace Peer {

constexpr std::string_view Greeting = "HELLO\n";
constexpr std::string_view Pong = "PONG\n";
constexpr std::string_view HttpAnswer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n\r\n"
                                        "Hello, world!\n";

/// Where it listens in a container, where no port can be handed back.
constexpr uint16_t CommandPort = 7000;
constexpr uint16_t GreeterPort = 7001;

/// Makes a connection of an accepted descriptor; null when that fails.
using Accept = std::function<std::unique_ptr<Wire>(int descriptor)>;

enum class Speaks { Second, First };

/// Accepts for ever, with a thread for each connection.
[[noreturn]] void serve(int listener, Speaks speaks, const Accept &accept);

} // namespace Peer
} // namespace Fairlead::Bench
