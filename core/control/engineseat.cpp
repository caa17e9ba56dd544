#include "core/control/engineseat.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

namespace Fairlead::Control {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Control::EngineSeat)
};

/// From taking the lock to listening there is little to do; a loaded machine takes its time.
constexpr auto Patience = 10s;
constexpr auto Pause = 20ms;

} // namespace

EngineSeat takeSeat(const EnginePlace &place)
{
    const QDeadlineTimer deadline(Patience);
    do {
        if (auto lock = EngineLock::take(place.lock()))
            return std::move(*lock);
        if (auto client = EngineClient::connectTo(place))
            return client;
        std::this_thread::sleep_for(Pause);
    } while (!deadline.hasExpired());
    return Text::tr("Another Fairlead holds %1 and does not answer.").arg(place.lock());
}

bool waitUntilFree(const EnginePlace &place)
{
    const QDeadlineTimer deadline(Patience);
    do {
        if (EngineLock::take(place.lock())) // and given back
            return true;
        std::this_thread::sleep_for(Pause);
    } while (!deadline.hasExpired());
    return false;
}

} // namespace Fairlead::Control
