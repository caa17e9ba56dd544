#include "ui/icons.h"

#include "ui/tintediconengine.h"

#include <QFile>

/// The macro must stand outside of any namespace. Resources of a static library are not linked in unless named.
static void loadResources()
{
    Q_INIT_RESOURCE(fairlead);
}

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

QIcon fromFile(const QString &name, std::optional<Tone> tone)
{
    [[maybe_unused]] static const bool loaded = (loadResources(), true);
    const QString file = u":/fairlead/icons/%1.svg"_s.arg(name);
    return QFile::exists(file) ? QIcon(new TintedIconEngine(file, tone)) : QIcon();
}

QString nameOf(Forward::State state)
{
    switch (state) {
    case Forward::State::Stopped:
        return u"state-stopped"_s;
    case Forward::State::Starting:
        return u"state-starting"_s;
    case Forward::State::Running:
        return u"state-running"_s;
    case Forward::State::WaitingForPod:
        return u"state-waiting"_s;
    case Forward::State::Reconnecting:
        return u"state-reconnecting"_s;
    case Forward::State::SignInNeeded:
        return u"state-signin"_s;
    case Forward::State::Failed:
        return u"state-failed"_s;
    }
    return {};
}

} // namespace

QIcon icon(const QString &name, Tone tone)
{
    return fromFile(name, tone);
}

QIcon icon(Forward::State state)
{
    return fromFile(nameOf(state), toneOf(state));
}

QIcon applicationIcon()
{
    return fromFile(u"fairlead"_s, std::nullopt);
}

} // namespace Fairlead::Ui
