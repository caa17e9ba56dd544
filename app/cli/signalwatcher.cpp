#include "app/cli/signalwatcher.h"

#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Fairlead::App {
namespace {

constexpr std::array Watched{SIGINT, SIGTERM, SIGHUP};

/// The handler's end of the pipe. A handler can reach nothing but globals.
volatile std::sig_atomic_t pipeEnd = -1;

extern "C" void passOn(int number)
{
    const int saved = errno;
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const auto written = ::write(pipeEnd, &byte, 1);
    errno = saved;
}

} // namespace

/// Installs the handlers and puts the former ones back.
class SignalWatcher::Handlers
{
public:
    explicit Handlers(int writeEnd)
    {
        pipeEnd = writeEnd;
        struct sigaction action = {};
        action.sa_handler = passOn;
        action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
        for (std::size_t i = 0; i < Watched.size(); ++i) {
            ::sigaction(Watched[i], nullptr, &m_former[i]);
            // Under nohup a hangup stays ignored.
            if (Watched[i] != SIGHUP || m_former[i].sa_handler != SIG_IGN)
                ::sigaction(Watched[i], &action, nullptr);
        }
    }
    ~Handlers()
    {
        for (std::size_t i = 0; i < Watched.size(); ++i)
            ::sigaction(Watched[i], &m_former[i], nullptr);
        pipeEnd = -1;
    }
    Handlers(const Handlers &) = delete;
    Handlers &operator=(const Handlers &) = delete;

private:
    std::array<struct sigaction, Watched.size()> m_former{};
};

SignalWatcher::SignalWatcher(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return; // without descriptors left, the default action of the signals is the best we have
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SignalWatcher::readPipe);
    m_handlers = std::make_unique<Handlers>(m_pipe[1]);
}

SignalWatcher::~SignalWatcher()
{
    m_handlers.reset();
    m_notifier.reset();
    for (const int end : m_pipe) {
        if (end >= 0)
            ::close(end);
    }
}

void SignalWatcher::readPipe()
{
    unsigned char number = 0;
    while (::read(m_pipe[0], &number, 1) == 1)
        emit stopRequested(number);
}

} // namespace Fairlead::App
