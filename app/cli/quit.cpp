#include "app/cli/quit.h"

#include "app/cli/enginecall.h"
#include "core/control/engineseat.h"

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

} // namespace

ArgumentReader quitReader()
{
    return {};
}

int runQuit(const QStringList &arguments)
{
    const auto parsed = readCommand(quitReader(), arguments, u"quit"_s, u"quit"_s,
                                    Text::tr("End the Fairlead that runs, with or without its window: its forwards "
                                             "stop, nothing is asked. The next one knows them."));
    if (!parsed)
        return parsed.error();
    if (!parsed->positionals().isEmpty()) {
        QTextStream(stderr) << usageErrorText(u"fairlead quit"_s,
                                              Text::tr("it takes no names; \"fairlead down\" stops single forwards"));
        return NotDone;
    }
    const auto place = Control::enginePlace();
    const auto engine = reachEngine();
    if (!place || !engine)
        return NoEngine;
    const auto answer = engine->call(u"quit"_s);
    if (!answer)
        return complain(answer.error().text);
    if (const QString problem = (*answer)[u"problem"_s].toString(); !problem.isEmpty())
        QTextStream(stderr) << "warning: " << problem << '\n';
    const qint64 pid = (*answer)[u"pid"_s].toInteger();
    if (!Control::waitUntilFree(*place))
        return complain(Text::tr("Fairlead (process %1) was told to end and has not ended yet.").arg(pid));
    QTextStream(stdout) << Text::tr("Fairlead has ended (process %1).").arg(pid) << '\n';
    return Done;
}

void tellEnding(Control::Ending why)
{
    QTextStream(stderr) << (why == Control::Ending::HandOver
                                ? Text::tr("The forwards move into Fairlead's window, so this ends.")
                                : Text::tr("\"fairlead quit\" was called, so this ends."))
                        << '\n';
}

} // namespace Fairlead::App
