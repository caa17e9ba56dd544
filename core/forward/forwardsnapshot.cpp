#include "core/forward/forwardsnapshot.h"

#include <QCoreApplication>

namespace Fairlead::Forward {

QString stateText(State state)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Fairlead::Forward::State", text); };
    switch (state) {
    case State::Stopped:
        return tr("Stopped");
    case State::Starting:
        return tr("Starting");
    case State::Running:
        return tr("Running");
    case State::WaitingForPod:
        return tr("Waiting for pod");
    case State::Reconnecting:
        return tr("Reconnecting");
    case State::SignInNeeded:
        return tr("Sign-in needed");
    case State::Failed:
        return tr("Failed");
    }
    return {};
}

} // namespace Fairlead::Forward
