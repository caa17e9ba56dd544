#include "core/forward/forwardsnapshot.h"

#include <QCoreApplication>

namespace Fairlead::Forward {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Forward::State)
};

} // namespace

QString stateText(State state)
{
    switch (state) {
    case State::Stopped:
        return Text::tr("Stopped");
    case State::Starting:
        return Text::tr("Starting");
    case State::Running:
        return Text::tr("Running");
    case State::WaitingForPod:
        return Text::tr("Waiting for pod");
    case State::Reconnecting:
        return Text::tr("Reconnecting");
    case State::SignInNeeded:
        return Text::tr("Sign-in needed");
    case State::Failed:
        return Text::tr("Failed");
    }
    return {};
}

QString transportText(Net::Transport transport)
{
    return transport == Net::Transport::Spdy ? QStringLiteral("SPDY") : QStringLiteral("WebSocket");
}

} // namespace Fairlead::Forward
