#include "tests/bench/compare/load.h"

#include "tests/bench/compare/exchange.h"
#include "tests/bench/compare/peer.h"

#include <QElapsedTimer>

#include <algorithm>
#include <chrono>
#include <future>
#include <poll.h>
#include <sys/socket.h>

namespace Fairlead::Bench {
namespace {

constexpr int SilenceMs = 30'000; ///< then a conversation has failed
constexpr uint64_t Endless = uint64_t(1) << 60;

bool transferOne(quint16 port, Flow flow, uint64_t bytes)
{
    const std::unique_ptr<Wire> wire = connectLocally(port);
    if (!wire)
        return false;
    Exchange exchange(*wire);
    const std::string command = flow == Flow::Down ? "SEND " : flow == Flow::Up ? "TAKE " : "BOTH ";
    if (!exchange.sendAll(command + std::to_string(bytes) + '\n'))
        return false;
    if (!exchange.run(flow == Flow::Down ? 0 : bytes, flow == Flow::Up ? 0 : bytes))
        return false;
    std::string verdict = "ok";
    return (flow == Flow::Down || exchange.readLine(verdict)) && verdict == "ok";
}

/// One conversation of askNewConnections().
class Conversation
{
public:
    Conversation(quint16 port, const Ask &ask)
        : m_ask(ask)
    {
        m_timer.start();
        m_wire = connectLocally(port);
        // Short enough for an empty send buffer to take it whole.
        m_failed = !m_wire
            || (!ask.request.empty()
                && m_wire->write(ask.request.data(), ask.request.size()) != ssize_t(ask.request.size()));
    }

    [[nodiscard]] int descriptor() const { return m_wire ? m_wire->descriptor() : -1; }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool isOver() const { return m_failed || m_got == m_ask.answer.size(); }
    [[nodiscard]] double firstByteMs() const { return m_firstByteMs; }
    void fail() { m_failed = true; }

    void read()
    {
        char buffer[512];
        const ssize_t got = m_wire->read(buffer, std::min(sizeof buffer, m_ask.answer.size() - m_got));
        if (got == Wire::Again)
            return;
        if (m_firstByteMs < 0)
            m_firstByteMs = double(m_timer.nsecsElapsed()) / 1e6;
        m_failed = got <= 0 || m_ask.answer.compare(m_got, size_t(got), buffer, size_t(got)) != 0;
        if (!m_failed)
            m_got += size_t(got);
    }

private:
    const Ask &m_ask;
    QElapsedTimer m_timer;
    std::unique_ptr<Wire> m_wire;
    size_t m_got = 0;
    double m_firstByteMs = -1;
    bool m_failed = false;
};

/// Takes note of those that are over, and forgets them.
void settle(std::vector<std::unique_ptr<Conversation>> &open, Answers &answers)
{
    std::erase_if(open, [&](const std::unique_ptr<Conversation> &one) {
        if (!one->isOver())
            return false;
        if (one->failed())
            ++answers.failed;
        else
            answers.firstByteMs << one->firstByteMs();
        return true;
    });
}

} // namespace

double transfer(quint16 port, Flow flow, uint64_t bytes, int connections)
{
    QElapsedTimer timer;
    timer.start();
    std::vector<std::future<bool>> parts;
    for (int i = 0; i < connections; ++i)
        parts.push_back(std::async(std::launch::async, transferOne, port, flow, bytes / uint64_t(connections)));
    bool good = true;
    for (std::future<bool> &part : parts)
        good = part.get() && good;
    return good ? double(timer.nsecsElapsed()) / 1e9 : -1;
}

Ask Ask::ping()
{
    return {"PING\n", std::string(Peer::Pong)};
}

Ask Ask::greeting()
{
    return {{}, std::string(Peer::Greeting)};
}

Ask Ask::http()
{
    return {"GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: compare\r\nAccept: */*\r\n\r\n",
            std::string(Peer::HttpAnswer)};
}

Answers askNewConnections(quint16 port, const Ask &ask, int total, int atOnce)
{
    Answers answers;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::unique_ptr<Conversation>> open;
    std::vector<pollfd> polled;
    for (int started = 0; started < total || !open.empty();) {
        for (; started < total && int(open.size()) < atOnce; ++started)
            open.push_back(std::make_unique<Conversation>(port, ask));
        settle(open, answers);
        polled.clear();
        for (const auto &one : open)
            polled.push_back({one->descriptor(), POLLIN, 0});
        if (!polled.empty() && ::poll(polled.data(), polled.size(), SilenceMs) == 0)
            std::for_each(open.begin(), open.end(), [](const auto &one) { one->fail(); });
        for (size_t i = 0; i < polled.size(); ++i)
            if (polled[i].revents != 0)
                open[i]->read();
        settle(open, answers);
    }
    answers.seconds = double(timer.nsecsElapsed()) / 1e9;
    return answers;
}

double quantile(QList<double> values, double share)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<qsizetype>(share * double(values.size()));
    return values.at(std::min(at, values.size() - 1));
}

struct Downloads::One {
    std::unique_ptr<Wire> wire;
    std::atomic<uint64_t> taken = 0;
    std::atomic<bool> mayRead = true;
    std::atomic<bool> ending = false;
    std::thread thread;

    void run()
    {
        Exchange exchange(*wire);
        if (!exchange.sendAll("SEND " + std::to_string(Endless) + '\n'))
            return;
        std::vector<char> buffer(64 * 1024);
        for (uint64_t offset = 0; !ending;) {
            mayRead.wait(false);
            const ssize_t got = wire->read(buffer.data(), buffer.size());
            if (got == Wire::Again)
                wire->wait(true, false);
            else if (got <= 0 || !isPattern(buffer.data(), size_t(got), offset))
                return;
            else
                taken = offset += uint64_t(got);
        }
    }
};

Downloads::Downloads(quint16 port, int count)
{
    for (int i = 0; i < count; ++i) {
        auto one = std::make_unique<One>();
        one->wire = connectLocally(port);
        if (one->wire)
            one->thread = std::thread(&One::run, one.get());
        m_all.push_back(std::move(one));
    }
}

Downloads::~Downloads()
{
    for (const auto &one : m_all) {
        one->ending = true;
        one->mayRead = true;
        one->mayRead.notify_all();
        if (one->wire)
            ::shutdown(one->wire->descriptor(), SHUT_RDWR);
    }
    for (const auto &one : m_all)
        if (one->thread.joinable())
            one->thread.join();
}

bool Downloads::waitUntilAllFlow() const
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(SilenceMs);
    const auto flows = [](const std::unique_ptr<One> &one) { return one->taken > 0; };
    while (!std::all_of(m_all.begin(), m_all.end(), flows)) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

uint64_t Downloads::taken(int first, int count) const
{
    uint64_t sum = 0;
    for (int i = first; i < first + count; ++i)
        sum += m_all[size_t(i)]->taken;
    return sum;
}

void Downloads::stopReading(int index, bool stop)
{
    m_all[size_t(index)]->mayRead = !stop;
    m_all[size_t(index)]->mayRead.notify_all();
}

BlockedUpload::BlockedUpload(quint16 port)
    : m_wire(connectLocally(port))
{
    if (!m_wire)
        return;
    m_thread = std::thread([wire = m_wire.get()] {
        Exchange exchange(*wire);
        if (exchange.sendAll("HOLD\n"))
            (void)exchange.run(Endless, 0);
    });
}

BlockedUpload::~BlockedUpload()
{
    if (m_wire)
        ::shutdown(m_wire->descriptor(), SHUT_RDWR);
    if (m_thread.joinable())
        m_thread.join();
}

struct Echoes::One {
    std::unique_ptr<Wire> wire;
    std::string expected;
    std::string got;
    bool isWaiting = true;
};

Echoes::Echoes(const QList<quint16> &ports, int each)
{
    for (int i = 0; i < each; ++i) {
        for (const quint16 port : ports) {
            auto one = std::make_unique<One>();
            one->wire = connectLocally(port);
            one->expected =
                "connection " + std::to_string(m_all.size()) + " through port " + std::to_string(port) + '\n';
            one->isWaiting = one->wire && Exchange(*one->wire).sendAll("SAY " + one->expected);
            m_failed += one->isWaiting ? 0 : 1;
            m_all.push_back(std::move(one));
        }
    }
}

Echoes::~Echoes() = default;

void Echoes::read(One &one)
{
    char buffer[256];
    const ssize_t got = one.wire->read(buffer, sizeof buffer);
    if (got == Wire::Again)
        return;
    if (got > 0)
        one.got.append(buffer, size_t(got));
    const bool right = one.got == one.expected;
    if (!right && got > 0 && one.expected.starts_with(one.got))
        return;
    one.isWaiting = false;
    ++(right ? m_answered : m_failed);
}

void Echoes::collect(int patienceMs)
{
    for (;;) {
        std::vector<pollfd> polled;
        std::vector<One *> waiting;
        for (const auto &one : m_all) {
            if (!one->isWaiting)
                continue;
            waiting.push_back(one.get());
            polled.push_back({one->wire->descriptor(), POLLIN, 0});
        }
        if (polled.empty() || ::poll(polled.data(), polled.size(), patienceMs) <= 0)
            return;
        for (size_t i = 0; i < polled.size(); ++i)
            if (polled[i].revents != 0)
                read(*waiting[i]);
    }
}

void Echoes::closeAnswered()
{
    for (const auto &one : m_all)
        if (!one->isWaiting)
            one->wire.reset();
}

} // namespace Fairlead::Bench
