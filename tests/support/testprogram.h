#pragma once

#include <QByteArray>

#include <atomic>
#include <future>
#include <memory>

namespace Fairlead::Test {

/// What a local program does with a forwarded port. Times in milliseconds.
struct ProgramPlan {
    QByteArray send;
    qsizetype chunk = 64 * 1024;
    bool halfClose = false; ///< after sending
    qsizetype stopAfter = -1; ///< close after having read this many bytes
    bool resetAtEnd = false; ///< with RST
    int receiveBuffer = 0; ///< SO_RCVBUF; 0: the system's
    int waitBeforeReading = 0;
    std::shared_ptr<std::atomic<bool>> mayRead; ///< if set: reads nothing until it is true
    int timeoutMs = 30'000; ///< of silence
    const char *address = "127.0.0.1";
};

struct ProgramResult {
    bool connected = false;
    QByteArray received;
    qsizetype sent = 0;
    bool eof = false;
    bool reset = false;
    bool timedOut = false;
};

/// Connects, sends and reads at the same time until the other side ends, on a thread of its own. It is written with
/// plain blocking calls, so that it shares nothing with what it tests.
[[nodiscard]] std::future<ProgramResult> runProgram(quint16 port, ProgramPlan plan = {});

} // namespace Fairlead::Test
