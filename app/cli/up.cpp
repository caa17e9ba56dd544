#include "app/cli/up.h"

#include "app/cli/enginecall.h"
#include "app/cli/foregroundrun.h"
#include "app/cli/handover.h"
#include "app/cli/uparguments.h"
#include "core/control/engineseat.h"
#include "core/store/profiles/profilelookup.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>
#include <array>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

void warn(const QString &text)
{
    QTextStream(stderr) << "warning: " << text << '\n';
}

/// Started from a menu or a desktop file: whoever did that wants to see the forwards and can be asked.
bool isForAWindow(const UpArguments &arguments)
{
    const std::array streams{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    const bool onTerminal =
        std::any_of(streams.begin(), streams.end(), [](int stream) { return ::isatty(stream) != 0; });
    return hasDisplay() && !onTerminal && !arguments.headless && !arguments.json && !arguments.wait;
}

/// What is in the way is asked about there: nobody reads what is said here.
int startInWindow(Control::EngineClient &engine, const QString &profile)
{
    const auto answer = engine.call(u"up"_s,
                                    {{u"profile"_s, profile},
                                     {u"inWindow"_s, true},
                                     {u"activationToken"_s, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")}});
    return answer ? Done : complain(answer.error().text);
}

/// The engine that runs has it from here; without a window it may give its forwards to one.
int handOverOrShow(Control::EngineClient &engine, const UpArguments &arguments)
{
    const auto hello = isForAWindow(arguments) ? engine.call(u"hello"_s) : QJsonObject();
    if (!hello)
        return complain(hello.error().text);
    const QString face = (*hello)[u"face"_s].toString();
    if (face == "window"_L1)
        return startInWindow(engine, arguments.profile);
    if (!face.isEmpty())
        return OpenTheWindow;
    return handOver(engine, arguments.profile, arguments.wait, arguments.json);
}

/// Runs it here, as the engine if there is a lock.
int runHere(const UpArguments &arguments, const Control::EnginePlace &place,
            const std::optional<Control::EngineLock> &lock)
{
    const auto profile = Store::lookUpProfile(arguments.profile, Store::ProfileFolder());
    if (!profile)
        return complain(profile.error());
    const bool any = std::any_of(profile->forwards.begin(), profile->forwards.end(),
                                 [](const Store::SavedForward &forward) { return forward.running; });
    if (!any)
        return complain(Text::tr("Profile \"%1\" has no forward that is to run.").arg(profile->name));
    ForegroundRun run(arguments.connection, arguments.json);
    if (lock) {
        if (const auto problem = run.serve(place))
            warn(*problem);
    }
    return run.exec(*profile);
}

} // namespace

int runUp(const QStringList &words)
{
    const auto arguments = readUpArguments(words);
    if (!arguments)
        return arguments.error();
    const auto place = Control::enginePlace();
    if (!place) {
        warn(place.error());
        return runHere(*arguments, {}, std::nullopt);
    }
    Control::EngineSeat seat = Control::takeSeat(*place);
    if (const auto *problem = std::get_if<QString>(&seat))
        return complain(*problem);
    if (auto *engine = std::get_if<std::unique_ptr<Control::EngineClient>>(&seat)) {
        if (!arguments->hasConnection)
            return handOverOrShow(**engine, *arguments);
        warn(Text::tr("Connection flags count for this command alone, so the profile runs here and not in the Fairlead "
                      "that runs already."));
        engine->reset();
        return runHere(*arguments, {}, std::nullopt);
    }
    if (!arguments->headless && !arguments->json && hasDisplay())
        return OpenTheWindow;
    return runHere(*arguments, *place, std::get<Control::EngineLock>(std::move(seat)));
}

} // namespace Fairlead::App
