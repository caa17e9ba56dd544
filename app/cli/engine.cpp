#include "app/cli/engine.h"

#include "app/cli/connectionflags.h"
#include "app/cli/enginecall.h"
#include "app/cli/quit.h"
#include "app/cli/signalwatcher.h"
#include "app/engine/enginehost.h"
#include "app/engine/headlessface.h"
#include "app/engine/takensession.h"
#include "core/control/engineseat.h"
#include "core/control/enginesession.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

int alreadyRuns(Control::EngineClient &engine)
{
    const auto hello = engine.call(u"hello"_s);
    if (!hello)
        return complain(hello.error().text);
    return complain(Text::tr("Fairlead runs already (process %1).").arg((*hello)[u"pid"_s].toInteger()));
}

void tellRestored(const Control::EngineSession::Restored &restored)
{
    QTextStream error(stderr);
    for (const QString &problem : restored.problems)
        error << "warning: " << problem << '\n';
    QTextStream(stdout) << Text::tr("Forwards restored: %1.").arg(restored.started.size()) << '\n';
}

/// `lock` outlives the forwards.
int serve(const Kube::ConnectionFlags &flags, const Control::EnginePlace &place, const Control::EngineLock & /*lock*/)
{
    EngineParts parts(flags);
    Store::ProfileFolder folder;
    HeadlessFace face(parts.forwards);
    EngineHost host(parts, folder, face, [&parts] { return parts.surroundings(); });
    Control::EngineSession session(host.desk());
    QObject::connect(&session, &Control::EngineSession::failed, &session,
                     [](const QString &text) { QTextStream(stderr) << "warning: " << text << '\n'; });
    face.useEnding([&session] { return session.flush(); },
                   [](Control::Ending why) {
                       tellEnding(why);
                       QCoreApplication::quit();
                   });
    SignalWatcher signalWatcher;
    // Written as they run: they are to run again when the machine is back.
    QObject::connect(&signalWatcher, &SignalWatcher::stopRequested, &session, [&session] {
        session.flush();
        QCoreApplication::quit();
    });
    if (const auto problem = host.listen(place))
        return complain(*problem);
    QTextStream(stdout) << Text::tr("The engine listens at %1.").arg(place.socket()) << '\n';
    TakenSession taken(place);
    if (!taken.problem().isEmpty())
        QTextStream(stderr) << "warning: " << taken.problem() << '\n';
    tellRestored(session.restore(taken.session()));
    taken.keep(parts.forwards, parts.surroundings(), [&session] { return session.flush(); });
    return QCoreApplication::exec();
}

} // namespace

ArgumentReader engineReader()
{
    ArgumentReader reader;
    reader.addOptions(connectionOptions());
    return reader;
}

int runEngine(const QStringList &arguments)
{
    const auto parsed =
        readCommand(engineReader(), arguments, u"engine"_s, u"engine [flags]"_s,
                    Text::tr("Run without a window, for other commands to talk to, until SIGTERM. Brings "
                             "back the profiles that say \"restore: as-they-were\"."));
    if (!parsed)
        return parsed.error();
    const auto place = Control::enginePlace();
    if (!place)
        return complain(place.error());
    Control::EngineSeat seat = Control::takeSeat(*place);
    if (const auto *problem = std::get_if<QString>(&seat))
        return complain(*problem);
    if (const auto *engine = std::get_if<std::unique_ptr<Control::EngineClient>>(&seat))
        return alreadyRuns(**engine);
    return serve(connectionFlags(*parsed), *place, std::get<Control::EngineLock>(seat));
}

} // namespace Fairlead::App
